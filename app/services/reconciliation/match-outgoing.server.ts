import { audit } from '#app/db/audit.server.ts'
import { decideBankEntry, lockBankEntry, type Outgoing, outgoingFor } from '#app/db/bank-entries.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { refundOfSource } from '#app/db/payments.server.ts'
import { type Money, negate } from '#app/domain/money/money.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type ReturnPaymentError, returnPayment } from '../payments/refund-payment.server.ts'

export type MatchOutgoingInput = { readonly entryId: string; readonly kind: 'refund' | 'return'; readonly id: string }
export type MatchOutgoingError = 'entry-not-found' | 'entry-decided' | 'not-offered' | ReturnPaymentError

/**
 * Says what stands behind money that went out: a refund that was booked, or a payment that its bank took back, which is booked now. Only
 * what is over exactly the same amount is taken.
 */
export async function matchOutgoing(ctx: TenantContext, input: MatchOutgoingInput): Promise<Result<void, MatchOutgoingError>> {
  const entry = await lockBankEntry(ctx, input.entryId)
  if (!entry) return err('entry-not-found')
  if (entry.state !== 'open') return err('entry-decided')
  const offered = await outgoingFor(ctx, negate(entry.amount))
  if (!offered.some(({ kind, id }) => kind === input.kind && id === input.id)) return err('not-offered')

  if (input.kind === 'return') {
    const reason = entry.text.slice(0, 200) || 'bank'
    const returned = await returnPayment(ctx, { paymentId: input.id, reason, sourceKey: `bank-entry:${entry.id}` })
    if (!returned.ok) return returned
  }
  const refundId = input.kind === 'refund' ? input.id : await refundOfSource(ctx, `bank-entry:${entry.id}`)
  await decideBankEntry(ctx, entry.id, { state: 'matched', paymentId: null, refundId: refundId ?? null })
  await audit(ctx, {
    action: 'bank-entry.matched',
    subjectKind: 'bank-entry',
    subjectId: entry.id,
    detail: { refundId: refundId ?? null, kind: input.kind },
  })
  return ok(undefined)
}

/** What may stand behind money that went out; `amount` is that of the entry, below zero. */
export function offeredOutgoing(ctx: TenantContext, amount: Money): Promise<Outgoing[]> {
  return outgoingFor(ctx, negate(amount))
}
