import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { lockInvoiceState } from '#app/db/documents/invoice-states.server.ts'
import { readEntryPostings } from '#app/db/ledger/ledger.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { type Allocation, addSettled, markReversed, readAllocation } from '#app/db/payments/payment-allocations.server.ts'
import { addAllocated, entryIds, lockPayment } from '#app/db/payments/payments.server.ts'
import { reversalOf } from '#app/domain/ledger/postings.ts'
import { add, subtract } from '#app/domain/money/money.ts'
import { settledStatus } from '#app/domain/payment/allocation.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type EntryInput, postEntries } from '../ledger/post-entry.server.ts'
import { allocationFacts, settledDocumentOf } from './allocate-payment.server.ts'

export type TakeBackAllocationInput = { readonly allocationId: string; readonly reason: string }

/**
 * Takes an allocation back: the money is unapplied again, the document is open again by as much, and what was booked is reversed today
 * with the reason on it. Safe to repeat.
 */
export async function takeBackAllocation(
  ctx: TenantContext,
  { allocationId, reason }: TakeBackAllocationInput,
): Promise<Result<void, 'allocation-not-found'>> {
  const allocation = await readAllocation(ctx, allocationId)
  if (!allocation) return err('allocation-not-found')
  const payment = await lockPayment(ctx, allocation.paymentId)
  const state = await lockInvoiceState(ctx, allocation.invoiceId)
  invariant(payment && state, `allocation ${allocationId} has no payment or no document`)
  if (!(await markReversed(ctx, allocationId, reason))) return ok(undefined)

  const document = settledDocumentOf(state)
  const settled = add(allocation.amount, allocation.rounding)
  const isGivenUp = (await entryIds(ctx, [`write-off:${state.invoiceId}`])).size > 0
  const status = settledStatus({ total: document.total, paid: subtract(document.paid, settled), isGivenUp })
  const isOpened = await addSettled(ctx, { invoiceId: state.invoiceId, minor: -settled.minor, status })
  const isFreed = await addAllocated(ctx, payment.id, -allocation.amount.minor)
  invariant(isOpened && isFreed, `allocation ${allocationId} settled more than its document or payment says`)
  await reverseBookings(ctx, allocation, reason)
  await audit(ctx, {
    action: 'payment.allocation-reversed',
    subjectKind: 'payment',
    subjectId: payment.id,
    detail: { invoiceId: state.invoiceId, number: state.number, amountMinor: allocation.amount.minor.toString(), reason },
  })
  await enqueue(ctx, {
    name: 'payment.allocation-reversed',
    data: allocationFacts(ctx, allocation),
    key: `payment-allocation-reversed:${allocationId}`,
  })
  return ok(undefined)
}

async function reverseBookings(ctx: TenantContext, { id, accountId, invoiceId }: Allocation, reason: string): Promise<void> {
  const booked = await entryIds(ctx, [`allocation:${id}`, `rounding:${id}`, `recovery:${id}`])
  const reversals: EntryInput[] = []
  for (const [sourceKey, entryId] of booked) {
    const postings = reversalOf(await readEntryPostings(ctx, sourceKey))
    const fact = { sourceKey: `reversal:${entryId}`, accountId, invoiceId }
    reversals.push({ ...fact, kind: 'reversal', postings, reverses: { entryId, reason } })
  }
  await postEntries(ctx, reversals)
}
