import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type InvoiceStateRow, lockInvoiceState } from '#app/db/documents/invoice-states.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { type Allocation, addSettled, insertAllocation } from '#app/db/payments/payment-allocations.server.ts'
import { addAllocated, lockPayment } from '#app/db/payments/payments.server.ts'
import { postingsOfAllocation, postingsOfRounding } from '#app/domain/ledger/rules.ts'
import { add, type Money, money, zero } from '#app/domain/money/money.ts'
import { type AllocationProblem, checkShare, type SettledDocument, settledStatus } from '#app/domain/payment/allocation.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { postEntries } from '../ledger/post-entry.server.ts'
import { recoveryEntries } from './recover-write-off.server.ts'

export type AllocatePaymentInput = {
  readonly paymentId: string
  readonly invoiceId: string
  readonly amount: Money
  /** Of a document that is settled to the unit: what is forgiven (above zero) or kept (below zero); nothing unless said. */
  readonly rounding?: Money
}
export type AllocatePaymentError = AllocationProblem | 'payment-not-found' | 'invoice-not-found'

/**
 * Settles a document by a part of a payment. Two at once wait for each other, and together never take more than the payment has
 * unapplied or the document has open. What was given up before and is paid after all comes back into the books.
 */
export async function allocatePayment(ctx: TenantContext, input: AllocatePaymentInput): Promise<Result<Allocation, AllocatePaymentError>> {
  const payment = await lockPayment(ctx, input.paymentId)
  if (!payment) return err('payment-not-found')
  const state = await lockInvoiceState(ctx, input.invoiceId)
  if (!state) return err('invoice-not-found')

  const { amount, rounding = zero(amount.currency) } = input
  const document = settledDocumentOf(state)
  const settled = checkShare(payment, document, { amount, rounding })
  if (!settled.ok) return settled

  const allocation = await insertAllocation(ctx, { ...input, accountId: payment.accountId, rounding })
  const isTaken = await addAllocated(ctx, payment.id, amount.minor)
  const paid = add(document.paid, settled.value)
  const status = settledStatus({ total: document.total, paid, isGivenUp: state.status === 'uncollectible' })
  const isSettled = await addSettled(ctx, { invoiceId: state.invoiceId, minor: settled.value.minor, status })
  invariant(isTaken && isSettled, `allocation of ${amount.minor} exceeds payment ${payment.id} or document ${state.number}`)
  await book(ctx, { allocation, state, settled: settled.value })
  return ok(allocation)
}

/** A document's state as the rules of allocation take it. */
export function settledDocumentOf(state: InvoiceStateRow): SettledDocument {
  const { accountId, documentType, status, totalMinor, paidMinor, currency } = state
  return { accountId, documentType, status, total: money(totalMinor, currency), paid: money(paidMinor, currency) }
}

type Booked = { readonly allocation: Allocation; readonly state: InvoiceStateRow; readonly settled: Money }

async function book(ctx: TenantContext, { allocation, state, settled }: Booked): Promise<void> {
  const { id, accountId, invoiceId, paymentId, amount, rounding } = allocation
  const fact = { accountId, invoiceId }
  const roundingPostings = postingsOfRounding({ accountId, amount: rounding })
  await postEntries(ctx, [
    { ...fact, sourceKey: `allocation:${id}`, kind: 'allocation', postings: postingsOfAllocation({ accountId, amount }) },
    ...(roundingPostings.length > 0
      ? [{ ...fact, sourceKey: `rounding:${id}`, kind: 'rounding' as const, postings: roundingPostings }]
      : []),
    ...(state.status === 'uncollectible' ? await recoveryEntries(ctx, { allocationId: id, state, recovered: settled }) : []),
  ])
  await audit(ctx, {
    action: 'payment.allocated',
    subjectKind: 'payment',
    subjectId: paymentId,
    detail: { invoiceId, number: state.number, amountMinor: amount.minor.toString(), roundingMinor: rounding.minor.toString() },
  })
  await enqueue(ctx, { name: 'payment.allocated', data: allocationFacts(ctx, allocation), key: `payment-allocated:${id}` })
}

/** What an event tells of an allocation. */
export function allocationFacts({ tenantId }: Pick<TenantContext, 'tenantId'>, allocation: Allocation) {
  const { id, paymentId, invoiceId, accountId, amount } = allocation
  return { tenantId, allocationId: id, paymentId, invoiceId, accountId, amountMinor: amount.minor.toString(), currency: amount.currency }
}
