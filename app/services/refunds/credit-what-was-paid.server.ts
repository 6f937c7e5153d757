import type { TenantContext } from '#app/db/context.server.ts'
import { lockInvoiceState } from '#app/db/documents/invoice-states.server.ts'
import { type Allocation, standingAllocations } from '#app/db/payments/payment-allocations.server.ts'
import { lockWalletOfInvoice } from '#app/db/payments/wallets.server.ts'
import { type Money, money, subtract, sum } from '#app/domain/money/money.ts'
import { openOf } from '#app/domain/payment/allocation.ts'
import { lesser } from '#app/domain/payment/payment.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type CreateCreditNoteError, createCreditNote } from '../invoices/create-credit-note.server.ts'
import { type AllocatePaymentError, allocatePayment, settledDocumentOf } from '../payments/allocate-payment.server.ts'
import { takeBackAllocation } from '../payments/take-back-allocation.server.ts'

export type CreditPaidInput = { readonly paymentId: string; readonly invoiceId: string; readonly amount: Money; readonly reason: string }
export type CreditPaidError = 'more-than-applied' | CreateCreditNoteError | AllocatePaymentError

/**
 * Credits `amount` of a document that a payment settled, and frees the payment of as much: what it settled is taken back, the document is
 * credited, and what is open of it then is settled again by the same payment. The buyer owes as little as before, and the money can go.
 */
export async function creditWhatWasPaid(ctx: TenantContext, input: CreditPaidInput): Promise<Result<void, CreditPaidError>> {
  const { paymentId, invoiceId, amount, reason } = input
  await lockWalletOfInvoice(ctx, invoiceId)
  const taken = enough(
    (await standingAllocations(ctx, paymentId)).filter((allocation) => allocation.invoiceId === invoiceId),
    amount,
  )
  if (!taken) return err('more-than-applied')
  for (const { id } of taken) await takeBackAllocation(ctx, { allocationId: id, reason })
  const credited = await createCreditNote(ctx, { invoiceId, request: { kind: 'amount', amount }, reason, isChargedAgain: false })
  return credited.ok ? settleAgain(ctx, input, taken) : credited
}

/** The newest allocations that together come to `amount`; undefined when all of them do not. */
function enough(allocations: readonly Allocation[], amount: Money): Allocation[] | undefined {
  const taken: Allocation[] = []
  let missing = amount.minor
  for (const allocation of allocations) {
    if (missing <= 0n) break
    taken.push(allocation)
    missing -= allocation.amount.minor
  }
  return missing <= 0n && taken.length > 0 ? taken : undefined
}

async function settleAgain(
  ctx: TenantContext,
  { paymentId, invoiceId, amount }: CreditPaidInput,
  taken: readonly Allocation[],
): Promise<Result<void, AllocatePaymentError>> {
  const { currency } = amount
  const amounts = taken.map((allocation) => allocation.amount)
  const roundings = taken.map((allocation) => allocation.rounding)
  const state = await lockInvoiceState(ctx, invoiceId)
  const open = state ? openOf(settledDocumentOf(state)) : money(0n, currency)
  const again = lesser(subtract(sum(currency, amounts), amount), open)
  if (again.minor === 0n) return ok(undefined)
  const rounding = sum(currency, roundings)
  const settled = await allocatePayment(ctx, { paymentId, invoiceId, amount: again, rounding })
  return settled.ok ? ok(undefined) : settled
}
