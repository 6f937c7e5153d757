import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { decideBankEntry, lockBankEntry, type Outgoing, outgoingFor, payoutsFor } from '#app/db/payments/bank-entries.server.ts'
import { refundOfSource } from '#app/db/payments/payments.server.ts'
import { type Money, negate } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type ReturnPaymentError, returnPayment } from '../payments/refund-payment.server.ts'

export type MatchOutgoingInput = { readonly entryId: string; readonly kind: Outgoing['kind']; readonly id: string }
export type MatchOutgoingError = 'entry-not-found' | 'entry-decided' | 'not-offered' | ReturnPaymentError

/**
 * Says what stands behind money that is no buyer's payment: a refund that was booked, a payment that its bank took back, which is booked
 * now, or a payout of a gateway. Only what is over exactly the same amount is taken.
 */
export async function matchOutgoing(ctx: TenantContext, input: MatchOutgoingInput): Promise<Result<void, MatchOutgoingError>> {
  const entry = await lockBankEntry(ctx, input.entryId)
  if (!entry) return err('entry-not-found')
  if (entry.state !== 'open') return err('entry-decided')
  const offered = await offeredOutgoing(ctx, entry.amount)
  if (!offered.some(({ kind, id }) => kind === input.kind && id === input.id)) return err('not-offered')

  if (input.kind === 'return') {
    const reason = entry.text.slice(0, 200) || 'bank'
    const returned = await returnPayment(ctx, { paymentId: input.id, reason, sourceKey: `bank-entry:${entry.id}` })
    if (!returned.ok) return returned
  }
  const refundId = input.kind === 'refund' ? input.id : await refundOfSource(ctx, `bank-entry:${entry.id}`)
  const payout = input.kind === 'payout' ? { gatewayPayoutId: input.id } : {}
  await decideBankEntry(ctx, entry.id, { state: 'matched', paymentId: null, refundId: refundId ?? null, ...payout })
  await audit(ctx, {
    action: 'bank-entry.matched',
    subjectKind: 'bank-entry',
    subjectId: entry.id,
    detail: { refundId: refundId ?? null, kind: input.kind },
  })
  return ok(undefined)
}

/** What may stand behind an entry over `amount`, which is below zero for money that went out. */
export async function offeredOutgoing(ctx: TenantContext, amount: Money): Promise<Outgoing[]> {
  const payouts = await payoutsFor(ctx, amount)
  return amount.minor < 0n ? [...(await outgoingFor(ctx, negate(amount))), ...payouts] : payouts
}
