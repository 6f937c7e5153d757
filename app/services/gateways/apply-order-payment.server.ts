import type { TenantContext } from '#app/db/context.server.ts'
import { openDocuments } from '#app/db/payments/payment-allocations.server.ts'
import { paymentsOfOrdersOn } from '#app/db/payments/payment-attempts.server.ts'
import { lockPayment } from '#app/db/payments/payments.server.ts'
import { lesser, unappliedOf } from '#app/domain/payment/payment.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { allocatePayment } from '../payments/allocate-payment.server.ts'

/** Settles a document by what was paid ahead for the orders that stand on it. Safe to repeat; what is left stays unapplied. */
export async function applyOrderPayment(ctx: TenantContext, { invoiceId }: { readonly invoiceId: string }): Promise<void> {
  for (const paymentId of await paymentsOfOrdersOn(ctx, invoiceId)) {
    const payment = await lockPayment(ctx, paymentId)
    invariant(payment, `payment ${paymentId} is not there`)
    const documents = await openDocuments(ctx, payment.accountId, payment.amount.currency)
    const document = documents.find(({ id }) => id === invoiceId)
    if (!document) return
    const amount = lesser(unappliedOf(payment), document.open)
    if (amount.minor > 0n) await allocatePayment(ctx, { paymentId, invoiceId, amount })
  }
}
