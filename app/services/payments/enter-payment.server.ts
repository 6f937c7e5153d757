import type { TenantContext } from '#app/db/context.server.ts'
import { openDocuments } from '#app/db/payments/payment-allocations.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { oldestFirst } from '#app/domain/payment/allocation.ts'
import { lesser, type Payer, type Payment, type PaymentMethod, placeOf, unappliedOf } from '#app/domain/payment/payment.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { type AllocatePaymentError, allocatePayment } from './allocate-payment.server.ts'
import { type RecordPaymentError, recordPayment } from './record-payment.server.ts'

/** What a payment settles at once: the documents due first, one document, or nothing yet. */
export type Settles = 'oldest' | 'nothing' | { readonly invoiceId: string }

export type EnterPaymentInput = {
  readonly accountId: string
  readonly method: PaymentMethod
  readonly amount: Money
  readonly receivedOn: LocalDate
  readonly reference: string | null
  readonly payer: Payer | null
  /** One form is one payment, however often it is sent. */
  readonly formKey: string
  readonly settles: Settles
}
export type EnterPaymentError = RecordPaymentError | AllocatePaymentError

/** What staff do when money came: record it and, where asked, settle the buyer's documents by it. The rest stays unapplied. */
export async function enterPayment(ctx: TenantContext, input: EnterPaymentInput): Promise<Result<Payment, EnterPaymentError>> {
  const { settles, formKey, ...facts } = input
  const recorded = await recordPayment(ctx, { ...facts, at: placeOf(facts.method), sourceKey: `form:${formKey}` })
  if (!recorded.ok) return recorded
  const payment = recorded.value
  // A form that was sent before has settled already.
  if (payment.allocated.minor > 0n || settles === 'nothing') return recorded
  if (settles === 'oldest') {
    const settled = await settleOldestFirst(ctx, payment)
    return settled.ok ? recorded : settled
  }
  const document = (await openDocuments(ctx, payment.accountId, payment.amount.currency)).find(({ id }) => id === settles.invoiceId)
  if (!document) return err('invoice-not-payable')
  const allocated = await allocatePayment(ctx, {
    paymentId: payment.id,
    invoiceId: document.id,
    amount: lesser(payment.amount, document.open),
  })
  return allocated.ok ? recorded : allocated
}

/** Settles what a buyer owes by what of a payment is unapplied, the document due first first. Returns how many it settled or lowered. */
export async function settleOldestFirst(ctx: TenantContext, payment: Payment): Promise<Result<number, AllocatePaymentError>> {
  const documents = await openDocuments(ctx, payment.accountId, payment.amount.currency)
  const shares = oldestFirst(unappliedOf(payment), documents)
  for (const { id, amount } of shares) {
    const allocated = await allocatePayment(ctx, { paymentId: payment.id, invoiceId: id, amount })
    if (!allocated.ok) return allocated
  }
  return ok(shares.length)
}
