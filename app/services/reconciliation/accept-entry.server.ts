import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { type BankEntry, decideBankEntry, lockBankEntry } from '#app/db/payments/bank-entries.server.ts'
import { closeExpectedPayment, readExpectedPayment } from '#app/db/payments/expected-payments.server.ts'
import { bank } from '#app/domain/ledger/chart.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { Payment } from '#app/domain/payment/payment.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type AllocatePaymentError, allocatePayment } from '../payments/allocate-payment.server.ts'
import { type RecordPaymentError, recordPayment } from '../payments/record-payment.server.ts'
import { creditTopUp } from '../wallet/credit-top-up.server.ts'

export type AcceptEntryInput = {
  readonly entryId: string
  readonly accountId: string
  readonly expectedPaymentId: string | null
  /** What it settles; what they leave of it stays unapplied. */
  readonly shares: readonly { readonly invoiceId: string; readonly amount: Money; readonly rounding: Money }[]
}
export type AcceptEntryError = 'entry-not-found' | 'entry-decided' | 'entry-goes-out' | RecordPaymentError | AllocatePaymentError

/**
 * Takes an entry of the bank as a payment of a buyer, settles documents by it, and closes the announcement it answers. Of two who accept
 * it at once one is refused; one entry never is two payments.
 */
export async function acceptEntry(ctx: TenantContext, input: AcceptEntryInput): Promise<Result<Payment, AcceptEntryError>> {
  const entry = await lockBankEntry(ctx, input.entryId)
  if (!entry) return err('entry-not-found')
  if (entry.state !== 'open') return err('entry-decided')
  if (entry.amount.minor < 0n) return err('entry-goes-out')

  const recorded = await recordPayment(ctx, { ...paymentOf(entry), accountId: input.accountId })
  if (!recorded.ok) return recorded
  const paymentId = recorded.value.id
  for (const share of input.shares) {
    const allocated = await allocatePayment(ctx, { paymentId, ...share })
    if (!allocated.ok) return allocated
  }
  if (input.expectedPaymentId) await receiveExpected(ctx, input.expectedPaymentId, paymentId)
  await decideBankEntry(ctx, entry.id, { state: 'matched', paymentId, refundId: null })
  await audit(ctx, {
    action: 'bank-entry.matched',
    subjectKind: 'bank-entry',
    subjectId: entry.id,
    detail: { paymentId, accountId: input.accountId, documents: input.shares.length },
  })
  return recorded
}

/** Closes the announcement: one that was to fill the balance does, by what no document took of it; an order that waited for it goes on. */
async function receiveExpected(ctx: TenantContext, expectedPaymentId: string, paymentId: string): Promise<void> {
  const expected = await readExpectedPayment(ctx, expectedPaymentId)
  await closeExpectedPayment(ctx, expectedPaymentId, { state: 'received', paymentId })
  if (expected?.purpose === 'top-up') await creditTopUp(ctx, paymentId)
  if (expected?.purpose === 'order')
    await enqueue(ctx, { name: 'order/paid', data: { tenantId: ctx.tenantId, orderId: expectedPaymentId } })
}

function paymentOf({ id, amount, bookedOn, reference, text, counterparty }: BankEntry) {
  return {
    method: 'transfer' as const,
    at: bank,
    amount,
    receivedOn: bookedOn,
    reference: (reference ?? text).slice(0, 140) || null,
    payer: counterparty,
    sourceKey: `bank-entry:${id}`,
  }
}

export type PutAsideInput = { readonly entryId: string; readonly reason: string }
export type PutAsideError = 'entry-not-found' | 'entry-decided'

/** Puts an entry aside that is no business of the books of buyers: fees of the bank, a payout, a wage. It can be taken out again. */
export async function putAside(ctx: TenantContext, { entryId, reason }: PutAsideInput): Promise<Result<void, PutAsideError>> {
  const entry = await lockBankEntry(ctx, entryId)
  if (!entry) return err('entry-not-found')
  if (entry.state !== 'open') return err('entry-decided')
  await decideBankEntry(ctx, entryId, { state: 'aside', reason })
  await audit(ctx, { action: 'bank-entry.put-aside', subjectKind: 'bank-entry', subjectId: entryId, detail: { reason } })
  return ok(undefined)
}

/** Takes an entry that was put aside into the queue again. */
export async function takeOut(ctx: TenantContext, { entryId }: Pick<PutAsideInput, 'entryId'>): Promise<Result<void, PutAsideError>> {
  const entry = await lockBankEntry(ctx, entryId)
  if (!entry) return err('entry-not-found')
  if (entry.state === 'matched') return err('entry-decided')
  if (entry.state === 'open') return ok(undefined)
  await decideBankEntry(ctx, entryId, { state: 'open' })
  await audit(ctx, { action: 'bank-entry.taken-out', subjectKind: 'bank-entry', subjectId: entryId })
  return ok(undefined)
}
