import { audit } from '#app/db/audit.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { openDocumentOfNumber } from '#app/db/payments/payment-allocations.server.ts'
import { readSettledContract, termsOn } from '#app/db/settlement/settlement-terms.server.ts'
import { receivableFromParent } from '#app/domain/ledger/chart.ts'
import type { Money } from '#app/domain/money/money.ts'
import { lesser, type PaymentMethod } from '#app/domain/payment/payment.ts'
import type { Actor } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { allocatePayment } from '../payments/allocate-payment.server.ts'
import { recordPayment } from '../payments/record-payment.server.ts'

export type RecordTakenInput = {
  readonly tenantId: string
  readonly actor: Actor
  /** The reseller's account. */
  readonly accountId: string
  /** Number of the document that the reseller's customer paid. */
  readonly number: string
  readonly amount: Money
  readonly method: PaymentMethod
  readonly receivedOn: LocalDate
  /** One form is one payment, however often it is sent. */
  readonly formKey: string
}
export type RecordTakenError = 'not-collecting' | 'document-not-found' | 'received-in-future' | 'amount-not-positive'

/**
 * Records that a tenant took money of a reseller's customer: in the reseller's books it is a claim against the tenant and settles the
 * document that was paid, the rest stays unapplied. What is counted of it for the two follows by the jobs. The tenant names the document by
 * its number and learns nothing else of it. Safe to repeat.
 */
export async function recordTaken(input: RecordTakenInput): Promise<Result<void, RecordTakenError>> {
  const { tenantId, actor, accountId, number, amount, formKey } = input
  const collected = await inTenant(tenantId, async (ctx) => {
    const contract = await readSettledContract(ctx, accountId)
    if (!contract?.childTenantId) return null
    const today = localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
    const { settings } = (await termsOn(ctx, contract.contractId, today)) ?? { settings: contract.agreed }
    return settings.collectsPayments === 'parent' ? { childTenantId: contract.childTenantId, today } : null
  })
  if (!collected) return err('not-collecting')
  if (input.receivedOn > collected.today) return err('received-in-future')
  const recorded = await inTenant(collected.childTenantId, (ctx) => settle(ctx, input), { actor })
  if (!recorded.ok) return recorded
  await inTenant(
    tenantId,
    (ctx) =>
      audit(ctx, {
        action: 'settlement.taken',
        subjectKind: 'account',
        subjectId: accountId,
        detail: { number, amountMinor: amount.minor.toString(), currency: amount.currency, formKey },
      }),
    { actor },
  )
  return ok(undefined)
}

async function settle(
  ctx: TenantContext,
  { number, amount, method, receivedOn, formKey }: RecordTakenInput,
): Promise<Result<void, RecordTakenError>> {
  const sourceKey = `taken:${formKey}`
  const known = await ctx.db.payment.findFirst({ where: { tenantId: ctx.tenantId, sourceKey }, select: { id: true } })
  if (known) return ok(undefined)
  const document = await openDocumentOfNumber(ctx, { number, currency: amount.currency })
  if (!document) return err('document-not-found')
  const { accountId, id: invoiceId, open } = document
  const fact = { accountId, method, amount, receivedOn, reference: number, payer: null }
  const payment = await recordPayment(ctx, { ...fact, at: receivableFromParent, sourceKey })
  // A day that is over at the parent may be still to come where the child is.
  if (!payment.ok) return payment.error === 'account-not-found' ? err('document-not-found') : err(payment.error)
  const allocated = await allocatePayment(ctx, { paymentId: payment.value.id, invoiceId, amount: lesser(amount, open) })
  return allocated.ok ? ok(undefined) : err('document-not-found')
}
