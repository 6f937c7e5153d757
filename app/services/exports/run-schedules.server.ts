import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { lockDueSchedules, noteRun, type ScheduleRow } from '#app/db/sellers/export-schedules.server.ts'
import { type ExportWish, insertExport } from '#app/db/sellers/exports.server.ts'
import { dueRuns, nextRunAfter, type Run } from '#app/domain/export-schedule/schedule.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/local-date.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'
import { isMonthClosed } from './closed-month.server.ts'

/** A day's files are made from three in the morning where the seller is: until then usage of the day before comes in. */
const afterMidnightMs = 3 * 3_600_000

/** The day on which schedules run now. */
export async function scheduleDay(ctx: TenantContext): Promise<LocalDate> {
  const { timeZone } = await sellerOf(ctx)
  return localDateOf(new Date(ctx.now.getTime() - afterMidnightMs), timeZone)
}

const pageSize = 100

export type OpenedExports = { readonly opened: number; readonly lastId: string | null }

/**
 * Has the files made that the next schedules after `afterId` of this seller and its buyers owe by now; how many, and where to go on: null
 * when none are left. Each run is made once, however often this is called. The books of a month wait until it is closed.
 */
export async function openScheduledExports(ctx: TenantContext, afterId: string | null): Promise<OpenedExports> {
  const today = await scheduleDay(ctx)
  const due = await lockDueSchedules(ctx, { today, afterId, limit: pageSize })
  let opened = 0
  for (const schedule of due) opened += await openRuns(ctx, schedule, today)
  return { opened, lastId: due.length < pageSize ? null : (due.at(-1)?.id ?? null) }
}

async function openRuns(ctx: TenantContext, schedule: ScheduleRow, today: LocalDate): Promise<number> {
  const { id, rhythm, nextOn } = schedule
  let opened = 0
  let made: { lastOn: LocalDate; nextOn: LocalDate } | undefined
  for (const run of dueRuns({ rhythm, nextOn, today })) {
    if (schedule.kind === 'accounting' && !(await isMonthClosed(ctx, monthOf(run)))) break
    opened += await openRun(ctx, schedule, run)
    made = { lastOn: run.dueOn, nextOn: nextRunAfter(rhythm, run.dueOn) }
  }
  if (made) await noteRun(ctx, { id, ...made })
  return opened
}

async function openRun(ctx: TenantContext, schedule: ScheduleRow, run: Run): Promise<number> {
  const asked = { ...wishOf(schedule, run), month: monthOf(run), requestedBy: actorName(ctx.actor) }
  const exportId = await insertExport(ctx, asked, { scheduleId: schedule.id, dueOn: run.dueOn })
  if (!exportId) return 0
  await enqueue(ctx, { name: 'export/requested', data: { tenantId: ctx.tenantId, exportId }, key: `export:${exportId}` })
  return 1
}

function monthOf({ through }: Run): string {
  return through.slice(0, 7)
}

function wishOf(schedule: ScheduleRow, { through }: Run): ExportWish {
  const { accountId } = schedule
  if (schedule.kind === 'focus') return { kind: schedule.kind, format: 'csv', side: schedule.side, accountId, currency: null }
  const common = { side: null, accountId: null, currency: null } as const
  if (schedule.kind === 'accounting') return { kind: schedule.kind, format: schedule.format, ...common }
  if (schedule.kind === 'aging') return { kind: schedule.kind, format: 'csv', day: through, ...common }
  return { kind: schedule.kind, format: 'csv', ...common }
}
