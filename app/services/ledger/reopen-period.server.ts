import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { lockBooks, readBooksState, readPeriod, savePeriodReopened, saveReopenAsked } from '#app/db/ledger/accounting-periods.server.ts'
import type { BookMonth } from '#app/domain/ledger/accounting-period.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type PeriodInput = { readonly month: BookMonth }
export type AskReopenError = 'period-not-closed' | 'later-period-closed' | 'already-asked'
export type ReopenError = 'not-asked' | 'later-period-closed' | 'own-request'

/** Asks to open a closed month again, with a reason. Only the last closed month can be opened; another person has to agree. */
export async function askReopen(
  ctx: TenantContext,
  input: PeriodInput & { readonly reason: string },
): Promise<Result<void, AskReopenError>> {
  await lockBooks(ctx)
  const period = await readPeriod(ctx, input.month)
  if (period?.state !== 'closed') return err('period-not-closed')
  if (await isLaterClosed(ctx, input.month)) return err('later-period-closed')
  if (period.reopenReason) return err('already-asked')

  await saveReopenAsked(ctx, input.month, input.reason)
  await note(ctx, 'reopening-asked', input.month, input.reason)
  return ok(undefined)
}

/** Opens a month that somebody else asked for: entries may be booked into it until it is closed again. */
export async function reopenPeriod(ctx: TenantContext, { month }: PeriodInput): Promise<Result<void, ReopenError>> {
  await lockBooks(ctx)
  const period = await readPeriod(ctx, month)
  if (!period?.reopenReason) return err('not-asked')
  if (await isLaterClosed(ctx, month)) return err('later-period-closed')
  if (ctx.actor.kind === 'user' && period.reopenAskedBy === actorName(ctx.actor)) return err('own-request')

  await savePeriodReopened(ctx, month)
  await note(ctx, 'reopened', month, period.reopenReason)
  return ok(undefined)
}

/** Takes the question back: the month stays closed. */
export async function withdrawReopen(ctx: TenantContext, { month }: PeriodInput): Promise<Result<void, 'not-asked'>> {
  await lockBooks(ctx)
  const period = await readPeriod(ctx, month)
  if (!period?.reopenReason) return err('not-asked')

  await saveReopenAsked(ctx, month, null)
  await note(ctx, 'reopening-withdrawn', month, period.reopenReason)
  return ok(undefined)
}

async function isLaterClosed(ctx: TenantContext, month: BookMonth): Promise<boolean> {
  const { lastClosed } = await readBooksState(ctx)
  return lastClosed !== null && lastClosed > month
}

function note(ctx: TenantContext, what: string, month: BookMonth, reason: string): Promise<void> {
  return audit(ctx, { action: `accounting-period.${what}`, subjectKind: 'accounting-period', subjectId: month, detail: { reason } })
}
