import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readBooksState } from '#app/db/ledger/accounting-periods.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { insertPayment } from '#app/db/payments/payments.server.ts'
import type { ChartAccount } from '#app/domain/ledger/chart.ts'
import { postingsOfPayment } from '#app/domain/ledger/rules.ts'
import type { Money } from '#app/domain/money/money.ts'
import { bookingDayOf, type Payer, type Payment, type PaymentMethod } from '#app/domain/payment/payment.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { postEntry } from '../ledger/post-entry.server.ts'

export type RecordPaymentInput = {
  readonly accountId: string
  readonly method: PaymentMethod
  /** Where the money is: a bank account, what a gateway or the parent holds. */
  readonly at: ChartAccount
  readonly amount: Money
  /** The seller's day on which the money came. */
  readonly receivedOn: LocalDate
  readonly reference: string | null
  readonly payer: Payer | null
  /** The fact behind it: what one person recorded once, a line of a bank file, a capture. One fact is one payment. */
  readonly sourceKey: string
}
export type RecordPaymentError = 'account-not-found' | 'amount-not-positive' | 'received-in-future'

/**
 * Records money received of a buyer and books it as unapplied cash, on the day it came or, when that month is closed, today. A repeat of
 * the same fact finds the first payment and changes nothing.
 */
export async function recordPayment(ctx: TenantContext, input: RecordPaymentInput): Promise<Result<Payment, RecordPaymentError>> {
  const { accountId, amount, at, receivedOn } = input
  if (amount.minor <= 0n) return err('amount-not-positive')
  const account = await ctx.db.account.findFirst({ where: { id: accountId }, select: { id: true } })
  if (!account) return err('account-not-found')
  const today = localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
  if (receivedOn > today) return err('received-in-future')

  const { payment, isNew } = await insertPayment(ctx, { ...input, heldAt: at.code, payer: input.payer ?? { name: null, iban: null } })
  if (!isNew) return ok(payment)

  const { lastClosed } = await readBooksState(ctx)
  await postEntry(ctx, {
    sourceKey: `payment:${payment.id}`,
    kind: 'payment',
    accountId,
    invoiceId: null,
    bookedOn: bookingDayOf({ receivedOn, lastClosed, today }),
    postings: postingsOfPayment({ accountId, at, amount }),
  })
  await audit(ctx, {
    action: 'payment.recorded',
    subjectKind: 'payment',
    subjectId: payment.id,
    detail: { accountId, method: input.method, amountMinor: amount.minor.toString(), currency: amount.currency },
  })
  await enqueue(ctx, {
    name: 'payment.received',
    data: { tenantId: ctx.tenantId, paymentId: payment.id, accountId },
    key: `payment-received:${payment.id}`,
  })
  return ok(payment)
}
