import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  countSchedules,
  insertSchedule,
  lockSchedule,
  type ScheduleFacts,
  type ScheduleState,
  setScheduleState,
} from '#app/db/sellers/export-schedules.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { endpointsOf } from '#app/db/sellers/webhook-endpoints.server.ts'
import { nextRunAfter } from '#app/domain/export-schedule/schedule.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { scheduleDay } from './run-schedules.server.ts'

export type AddScheduleInput = ScheduleFacts
export type AddScheduleError = 'too-many' | 'no-endpoint' | 'no-parent'

/** At most so many schedules has an owner. */
const mostSchedules = 20

/** Has files made by itself from its next day on. By webhook only where an endpoint of the owner asked for such events. */
export async function addSchedule(ctx: TenantContext, input: AddScheduleInput): Promise<Result<void, AddScheduleError>> {
  const { accountId, kind, format, side, rhythm, delivery, mails } = input
  if ((await countSchedules(ctx, accountId)) >= mostSchedules) return err('too-many')
  if (side === 'buy' && !(await ownTenant(ctx))?.parentAccountId) return err('no-parent')
  if (delivery === 'webhook' && (await endpointsOf(ctx, 'export.ready', accountId)).length === 0) return err('no-endpoint')
  const nextOn = nextRunAfter(rhythm, await scheduleDay(ctx))
  const scheduleId = await insertSchedule(ctx, { ...input, nextOn })
  const detail = { kind, format, side, rhythm, delivery, mails: [...mails] }
  await audit(ctx, { action: 'export-schedule.added', subjectKind: 'export-schedule', subjectId: scheduleId, detail })
  return ok(undefined)
}

export type ChangeScheduleInput = {
  readonly scheduleId: string
  /** Whose it must be; the seller's own for null. */
  readonly accountId: string | null
  readonly state: ScheduleState
}

/** Pauses a schedule, starts it again, or takes it off. What a paused one would have made is not made up for. Safe to repeat. */
export async function changeSchedule(ctx: TenantContext, input: ChangeScheduleInput): Promise<Result<void, 'schedule-not-found'>> {
  const schedule = await lockSchedule(ctx, input.scheduleId)
  if (!schedule || schedule.accountId !== input.accountId) return err('schedule-not-found')
  const { id, rhythm, state, nextOn } = schedule
  if (state === input.state) return ok(undefined)
  const starts = input.state === 'active' ? nextRunAfter(rhythm, await scheduleDay(ctx)) : nextOn
  await setScheduleState(ctx, { id, state: input.state, nextOn: starts })
  await audit(ctx, { action: `export-schedule.${input.state}`, subjectKind: 'export-schedule', subjectId: id })
  return ok(undefined)
}
