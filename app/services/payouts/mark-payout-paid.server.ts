import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readBooksState } from '#app/db/ledger/accounting-periods.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { listPayouts, notePaid } from '#app/db/settlement/payouts.server.ts'
import { postingsOfChildPayout } from '#app/domain/ledger/settlement-rules.ts'
import { money } from '#app/domain/money/money.ts'
import { bookingDayOf } from '#app/domain/payment/payment.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { postEntry } from '../ledger/post-entry.server.ts'

export type MarkPaidInput = { readonly payoutId: string; readonly paidOn: LocalDate; readonly bankReference: string }
export type MarkPaidError = 'payout-not-found' | 'already-paid' | 'nothing-to-pay' | 'in-the-future'

/** Notes that the bank paid a payout, and books it on that day or, when its month is closed, today. A payout is paid once. */
export async function markPayoutPaid(ctx: TenantContext, input: MarkPaidInput): Promise<Result<void, MarkPaidError>> {
  const [payout] = await listPayouts(ctx, { id: input.payoutId })
  if (!payout) return err('payout-not-found')
  if (payout.payoutMinor === 0n) return err('nothing-to-pay')
  const today = localDateOf(ctx.now, (await sellerOf(ctx)).timeZone)
  if (input.paidOn > today) return err('in-the-future')
  if (!(await notePaid(ctx, input))) return err('already-paid')

  const { id, accountId, payoutMinor, currency } = payout
  const { lastClosed } = await readBooksState(ctx)
  await postEntry(ctx, {
    sourceKey: `payout:${id}`,
    kind: 'payout',
    accountId,
    invoiceId: null,
    bookedOn: bookingDayOf({ receivedOn: input.paidOn, lastClosed, today }),
    postings: postingsOfChildPayout({ childAccountId: accountId, amount: money(payoutMinor, currency) }),
  })
  await audit(ctx, {
    action: 'payout.paid',
    subjectKind: 'payout',
    subjectId: id,
    detail: { accountId, amountMinor: payoutMinor.toString(), currency, bankReference: input.bankReference },
  })
  await enqueue(ctx, { name: 'payout/changed', data: { tenantId: ctx.tenantId, payoutId: id }, key: `payout-paid:${id}` })
  return ok(undefined)
}
