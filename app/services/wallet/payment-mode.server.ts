import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readPaymentMode, savePaymentMode } from '#app/db/payments/payment-modes.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { type OrderTerms, orderTermsOf, type PaymentMode, type PaymentModeProblem, whyNotInMode } from '#app/domain/wallet/payment-mode.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'

/** When a contract pays, and what that asks of an order today. A prepaid one has no limit to spend, whatever its contract says. */
export async function paymentModeOf(
  ctx: TenantContext,
  contractId: string,
): Promise<OrderTerms & { readonly mode: PaymentMode; readonly trialEndsOn: LocalDate | null }> {
  const row = await readPaymentMode(ctx, contractId)
  invariant(row, `contract ${contractId} is not there`)
  const { mode, trialEndsOn } = row
  const today = localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
  return { mode, trialEndsOn, ...orderTermsOf({ mode, trialEndsOn, today }) }
}

export type SetPaymentModeInput = { readonly contractId: string; readonly mode: PaymentMode; readonly trialEndsOn: LocalDate | null }
export type SetPaymentModeError = PaymentModeProblem | 'contract-not-found'

/** Changes when a contract pays. Orders that are placed already stay as they are. */
export async function setPaymentMode(ctx: TenantContext, input: SetPaymentModeInput): Promise<Result<void, SetPaymentModeError>> {
  const row = await readPaymentMode(ctx, input.contractId)
  if (!row) return err('contract-not-found')
  const today = localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
  const trialEndsOn = input.mode === 'trial' ? input.trialEndsOn : null
  const problem = whyNotInMode({ mode: input.mode, trialEndsOn, today })
  if (problem) return err(problem)
  await savePaymentMode(ctx, { ...input, trialEndsOn })
  await audit(ctx, {
    action: 'contract.payment-mode-changed',
    subjectKind: 'contract',
    subjectId: input.contractId,
    detail: { from: row.mode, to: input.mode, trialEndsOn },
  })
  return ok(undefined)
}
