import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'

export type BillingRunState = 'requested' | 'drafted' | 'held' | 'finalising' | 'paused' | 'finished'

/** One closing of one period; the dates are the seller's, the end exclusive. */
export type BillingRun = {
  readonly id: string
  readonly periodStart: LocalDate
  readonly periodEnd: LocalDate
  readonly state: BillingRunState
  /** A user's id, or the name of the job. */
  readonly requestedBy: string
  readonly heldReasons: readonly string[]
  readonly approvedAt: Date | null
  readonly lockedAt: Date | null
}

const runColumns = Prisma.sql`id, period_start::text as "periodStart", period_end::text as "periodEnd", state, requested_by as "requestedBy",
  held_reasons as "heldReasons", approved_at as "approvedAt", locked_at as "lockedAt"`

export type NewBillingRun = Pick<BillingRun, 'periodStart' | 'periodEnd' | 'requestedBy'>

/** The run of a period, made now unless there is one. */
export async function openBillingRun(ctx: TenantContext, run: NewBillingRun): Promise<{ run: BillingRun; isNew: boolean }> {
  const inserted = await ctx.db.$executeRaw`
    insert into billing_runs (tenant_id, id, period_start, period_end, state, requested_by, started_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${run.periodStart}::date, ${run.periodEnd}::date, 'requested', ${run.requestedBy}, ${ctx.now})
    on conflict (tenant_id, period_start, period_end) do nothing`
  const [found] = await ctx.db.$queryRaw<BillingRun[]>`
    select ${runColumns} from billing_runs
    where tenant_id = ${ctx.tenantId}::uuid and period_start = ${run.periodStart}::date and period_end = ${run.periodEnd}::date`
  return { run: found as BillingRun, isNew: inserted === 1 }
}

/** Whether the tenant has a run of the period. */
export async function hasBillingRun(ctx: TenantContext, period: Pick<BillingRun, 'periodStart' | 'periodEnd'>): Promise<boolean> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from billing_runs
    where tenant_id = ${ctx.tenantId}::uuid and period_start = ${period.periodStart}::date and period_end = ${period.periodEnd}::date`
  return rows.length > 0
}

/** Whether usage is on its way that is not rated yet. */
export async function hasUsageInFlight(ctx: TenantContext): Promise<boolean> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from usage_batches where tenant_id = ${ctx.tenantId}::uuid and state <> 'rated' order by started_at desc limit 1`
  return rows.length > 0
}

/** The run by its id; undefined when the tenant has none such. */
export async function readBillingRunRow(ctx: TenantContext, id: string): Promise<BillingRun | undefined> {
  const [run] = await ctx.db.$queryRaw<BillingRun[]>`
    select ${runColumns} from billing_runs
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
  return run
}

/** The run, held until the transaction ends: people and the job that decide about it take turns. */
export async function lockBillingRun(ctx: TenantContext, id: string): Promise<BillingRun | undefined> {
  const [run] = await ctx.db.$queryRaw<BillingRun[]>`
    select ${runColumns} from billing_runs where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for update`
  return run
}

/** The end of the latest period that any run closed; null before the first. */
export async function lastRunEnd(ctx: TenantContext): Promise<LocalDate | null> {
  const [row] = await ctx.db.$queryRaw<{ end: LocalDate | null }[]>`
    select max(period_end)::text as "end" from billing_runs where tenant_id = ${ctx.tenantId}::uuid`
  return row?.end ?? null
}

/** Notes why the run waits for a person; an earlier approval no longer counts. */
export async function holdRun(ctx: TenantContext, id: string, reasons: readonly string[]): Promise<void> {
  await ctx.db.$executeRaw`
    update billing_runs set held_reasons = ${reasons}, approved_by = null, approved_at = null
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}

/** Notes who lets the run go on. */
export async function approveRun(ctx: TenantContext, id: string, approvedBy: string): Promise<void> {
  await ctx.db.$executeRaw`
    update billing_runs set approved_by = ${approvedBy}, approved_at = ${ctx.now} where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}

/** Closes the run's period to further runs, or opens it again when `lockedBy` is null. */
export async function setRunLock(ctx: TenantContext, id: string, lockedBy: string | null): Promise<void> {
  await ctx.db.$executeRaw`
    update billing_runs set locked_by = ${lockedBy}, locked_at = ${lockedBy === null ? null : ctx.now}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}

/** Moves the run to `state` and counts what stands in its drafts. */
export async function markRun(ctx: TenantContext, id: string, state: BillingRunState): Promise<void> {
  await ctx.db.$executeRaw`
    update billing_runs r
    set state = ${state}, finished_at = case when ${state} = 'finished' then coalesce(r.finished_at, ${ctx.now}::timestamptz) end,
        drafted = c.drafted, finalised = c.finalised, parked = c.parked
    from (
      select count(*) filter (where d.state in ('drafted', 'finalised'))::int as drafted,
        count(*) filter (where d.state = 'finalised')::int as finalised, count(*) filter (where d.state = 'parked')::int as parked
      from invoice_drafts d where d.tenant_id = ${ctx.tenantId}::uuid and d.billing_run_id = ${id}::uuid
    ) c
    where r.tenant_id = ${ctx.tenantId}::uuid and r.id = ${id}::uuid`
}
