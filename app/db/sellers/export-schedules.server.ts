import type { Handover, Rhythm } from '#app/domain/export-schedule/schedule.ts'
import type { ScheduledWish } from '#app/domain/export-schedule/scheduled-wish.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** Paused ones make nothing until somebody starts them; `removed` is kept for what it made. */
export type ScheduleState = 'active' | 'paused' | 'removed'

/** What a schedule makes, how often, and how it hands it over. */
export type ScheduleFacts = ScheduledWish & {
  /** Null: of the seller itself. */
  readonly accountId: string | null
  readonly rhythm: Rhythm
  readonly delivery: Handover
  /** Addresses, of `mail` alone. */
  readonly mails: readonly string[]
  /** What the mails are written in. */
  readonly language: string
}

export type NewSchedule = ScheduleFacts & { readonly nextOn: LocalDate }

/** Adds a schedule, active from now, and returns its id. */
export async function insertSchedule(ctx: TenantContext, schedule: NewSchedule): Promise<string> {
  const id = newId()
  const { accountId, kind, format, side, rhythm, delivery, mails, language, nextOn } = schedule
  await ctx.db.$executeRaw`
    insert into export_schedules (tenant_id, id, account_id, kind, format, side, rhythm, delivery, mails, language, state, next_on, created_by,
      created_at, changed_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${accountId}::uuid, ${kind}, ${format}, ${side}, ${rhythm}, ${delivery}, ${[...mails]}::text[],
      ${language}, 'active', ${nextOn}::date, ${actorName(ctx.actor)}, ${ctx.now}, ${ctx.now})`
  return id
}

/** How many schedules an owner has; removed ones do not count. */
export function countSchedules(ctx: TenantContext, accountId: string | null): Promise<number> {
  return ctx.db.exportSchedule.count({ where: { tenantId: ctx.tenantId, accountId, state: { not: 'removed' } } })
}

export type ScheduleRow = NewSchedule & { readonly id: string; readonly state: ScheduleState; readonly lastOn: LocalDate | null }

/** The schedules of an owner in order of age, at most 100; the seller's own for null. */
export function listSchedules(ctx: TenantContext, accountId: string | null): Promise<ScheduleRow[]> {
  return ctx.db.$queryRaw<ScheduleRow[]>`
    select id, account_id as "accountId", kind, format, side, rhythm, delivery, mails, language, state, next_on::text as "nextOn",
      last_on::text as "lastOn"
    from export_schedules
    where tenant_id = ${ctx.tenantId}::uuid and account_id is not distinct from ${accountId}::uuid and state <> 'removed'
    order by id limit 100`
}

/** One schedule, held until the transaction ends; undefined when the scope holds no such one, or it was removed. */
export async function lockSchedule(ctx: TenantContext, id: string): Promise<ScheduleRow | undefined> {
  const [row] = await ctx.db.$queryRaw<ScheduleRow[]>`
    select id, account_id as "accountId", kind, format, side, rhythm, delivery, mails, language, state, next_on::text as "nextOn",
      last_on::text as "lastOn"
    from export_schedules where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state <> 'removed' for update`
  return row
}

export type DueSchedules = { readonly today: LocalDate; readonly afterId: string | null; readonly limit: number }

/** Schedules of which a run is due on `today`, in order of id, held until the transaction ends; what another transaction holds is its own. */
export function lockDueSchedules(ctx: TenantContext, { today, afterId, limit }: DueSchedules): Promise<ScheduleRow[]> {
  return ctx.db.$queryRaw<ScheduleRow[]>`
    select id, account_id as "accountId", kind, format, side, rhythm, delivery, mails, language, state, next_on::text as "nextOn",
      last_on::text as "lastOn"
    from export_schedules where tenant_id = ${ctx.tenantId}::uuid and state = 'active' and next_on <= ${today}::date
      and (${afterId}::uuid is null or id > ${afterId}::uuid)
    order by id limit ${limit} for update skip locked`
}

/** Notes the run there was, and the day of the next one. */
export async function noteRun(
  ctx: TenantContext,
  { id, nextOn, lastOn }: { readonly id: string; readonly nextOn: LocalDate; readonly lastOn: LocalDate },
): Promise<void> {
  await ctx.db.$executeRaw`
    update export_schedules set next_on = ${nextOn}::date, last_on = ${lastOn}::date
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}

/** Changes whether a schedule makes anything, from `nextOn` on. */
export async function setScheduleState(
  ctx: TenantContext,
  { id, state, nextOn }: { readonly id: string; readonly state: ScheduleState; readonly nextOn: LocalDate },
): Promise<void> {
  await ctx.db.$executeRaw`
    update export_schedules set state = ${state}, next_on = ${nextOn}::date, changed_at = ${ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}
