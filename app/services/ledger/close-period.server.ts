import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { documentsNotBooked, lockBooks, readBooksState, savePeriodClosed } from '#app/db/ledger/accounting-periods.server.ts'
import { type BookMonth, type ClosingProblem, checkClosing, daysOfMonth } from '#app/domain/ledger/accounting-period.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { releaseDeferred } from './release-deferred.server.ts'

export type ClosePeriodInput = { readonly month: BookMonth }
export type ClosePeriodError = ClosingProblem | 'documents-not-booked'

/**
 * Closes a month of the books: nothing is booked into it any more. Months are closed in order, when they are over in the seller's zone
 * and every document of theirs is booked; what they earn of fees in advance is given to them first. Entries that are on their way are
 * waited for.
 */
export async function closePeriod(ctx: TenantContext, { month }: ClosePeriodInput): Promise<Result<void, ClosePeriodError>> {
  await lockBooks(ctx)
  const { timeZone } = await sellerOf(ctx)
  const checked = checkClosing(await readBooksState(ctx), { month, now: ctx.now, zone: timeZone })
  if (!checked.ok) return checked
  if ((await documentsNotBooked(ctx, daysOfMonth(month))).length > 0) return err('documents-not-booked')

  await releaseDeferred(ctx, { through: month })
  await savePeriodClosed(ctx, month)
  await audit(ctx, { action: 'accounting-period.closed', subjectKind: 'accounting-period', subjectId: month })
  return ok(undefined)
}
