import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { standingAllocations } from '#app/db/payments/payment-allocations.server.ts'
import { insertRefund, lockPayment, type NewRefund, refundOfSource } from '#app/db/payments/payments.server.ts'
import { lockWalletOfPayment } from '#app/db/payments/wallets.server.ts'
import type { ChartAccount } from '#app/domain/ledger/chart.ts'
import { postingsOfRefund } from '#app/domain/ledger/rules.ts'
import { type Money, subtract } from '#app/domain/money/money.ts'
import { heldAtOf, type Payment, unappliedOf } from '#app/domain/payment/payment.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { postEntry } from '../ledger/post-entry.server.ts'
import { takeBackTopUp } from '../wallet/take-back-top-up.server.ts'
import { takeBackAllocation } from './take-back-allocation.server.ts'

export type RefundPaymentInput = {
  readonly paymentId: string
  readonly amount: Money
  readonly reason: string
  /** The fact behind it; one fact gives money back once. */
  readonly sourceKey: string
  /** Where the money leaves from; where it came in unless said. */
  readonly at?: ChartAccount
}
export type RefundPaymentError = 'payment-not-found' | 'amount-not-positive' | 'other-currency' | 'more-than-unapplied'

/** Gives money back out of what of a payment is unapplied. Fifty at once give back what there is and no more; a repeat changes nothing. */
export async function refundPayment(ctx: TenantContext, input: RefundPaymentInput): Promise<Result<void, RefundPaymentError>> {
  const payment = await lockPayment(ctx, input.paymentId)
  if (!payment) return err('payment-not-found')
  if (await refundOfSource(ctx, input.sourceKey)) return ok(undefined)
  const { amount, reason, sourceKey } = input
  if (amount.currency !== payment.amount.currency) return err('other-currency')
  if (amount.minor <= 0n) return err('amount-not-positive')
  if (amount.minor > unappliedOf(payment).minor) return err('more-than-unapplied')
  await giveBack(ctx, { payment, amount, kind: 'refund', reason, sourceKey, heldAt: input.at?.code ?? payment.heldAt })
  return ok(undefined)
}

export type ReturnPaymentInput = {
  readonly paymentId: string
  readonly reason: string
  readonly sourceKey: string
  /** A part, of a partial chargeback; all that was not given back unless said. */
  readonly amount?: Money
  /** `refund` when the seller gave it back itself, elsewhere; taken back by the payer's bank unless said. */
  readonly kind?: 'refund' | 'return'
}
export type ReturnPaymentError = 'payment-not-found' | 'amount-not-positive' | 'other-currency' | 'more-than-kept'

/**
 * The payer's bank takes money back: a returned transfer or direct debit, a cheque that bounced, a chargeback. Allocations are taken back,
 * the newest first, then balance that it became, spent or not, until enough is unapplied; their documents are open again. A repeat changes
 * nothing.
 */
export async function returnPayment(ctx: TenantContext, input: ReturnPaymentInput): Promise<Result<void, ReturnPaymentError>> {
  await lockWalletOfPayment(ctx, input.paymentId)
  const payment = await lockPayment(ctx, input.paymentId)
  if (!payment) return err('payment-not-found')
  if (await refundOfSource(ctx, input.sourceKey)) return ok(undefined)
  const kept = subtract(payment.amount, payment.refunded)
  const { amount = kept, kind = 'return', reason, sourceKey } = input
  if (amount.currency !== kept.currency) return err('other-currency')
  if (amount.minor <= 0n) return err('amount-not-positive')
  if (amount.minor > kept.minor) return err('more-than-kept')

  await freeUp(ctx, { payment, amount, reason })
  await giveBack(ctx, { payment, amount, kind, reason, sourceKey, heldAt: payment.heldAt })
  return ok(undefined)
}

async function freeUp(ctx: TenantContext, { payment, amount, reason }: { payment: Payment; amount: Money; reason: string }): Promise<void> {
  let unapplied = unappliedOf(payment).minor
  for (const allocation of await standingAllocations(ctx, payment.id)) {
    if (unapplied >= amount.minor) return
    await takeBackAllocation(ctx, { allocationId: allocation.id, reason })
    unapplied += allocation.amount.minor
  }
  const missing = { ...amount, minor: amount.minor - unapplied }
  if (missing.minor > 0n) await takeBackTopUp(ctx, { paymentId: payment.id, amount: missing, reason, takesSpent: true })
}

async function giveBack(ctx: TenantContext, refund: Omit<NewRefund, 'refundedOn'>): Promise<void> {
  const { payment, amount, kind, reason } = refund
  const refundedOn: LocalDate = localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
  const refundId = await insertRefund(ctx, { ...refund, refundedOn })
  if (!refundId) throw new Error(`refund of ${amount.minor} exceeds payment ${payment.id}`)
  const { accountId } = payment
  await postEntry(ctx, {
    sourceKey: `refund:${refundId}`,
    kind: 'refund',
    accountId,
    invoiceId: null,
    postings: postingsOfRefund({ accountId, at: heldAtOf(refund.heldAt), amount }),
  })
  const sums = { amountMinor: amount.minor.toString(), currency: amount.currency }
  await audit(ctx, {
    action: kind === 'refund' ? 'payment.refunded' : 'payment.returned',
    subjectKind: 'payment',
    subjectId: payment.id,
    detail: { refundId, ...sums, reason },
  })
  await enqueue(ctx, {
    name: 'payment.refunded',
    data: { tenantId: ctx.tenantId, refundId, paymentId: payment.id, accountId, kind, ...sums },
    key: `payment-refunded:${refundId}`,
  })
}
