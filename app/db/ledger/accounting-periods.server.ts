import type { BookMonth, BooksState } from '#app/domain/ledger/accounting-period.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** A month that was closed once. The names are of whoever closed it and asked to open it again. */
export type PeriodRow = {
  readonly month: BookMonth
  readonly state: 'closed' | 'open'
  readonly closedBy: string
  readonly closedAt: Date
  readonly reopenReason: string | null
  readonly reopenAskedBy: string | null
}

/** Waits until no entry is on its way, and keeps others out until the transaction ends. Entries hold the same lock together. */
export async function lockBooks(ctx: TenantContext): Promise<void> {
  await ctx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended('ledger:' || ${ctx.tenantId}::uuid, 0))`
}

/** Where the books of the tenant stand. */
export async function readBooksState(ctx: TenantContext): Promise<BooksState> {
  const [row] = await ctx.db.$queryRaw<BooksState[]>`
    select (select to_char(min(e.booked_on), 'YYYY-MM') from ledger_entries e where e.tenant_id = ${ctx.tenantId}::uuid) as "firstMonth",
      (select to_char(max(p.month), 'YYYY-MM') from accounting_periods p
       where p.tenant_id = ${ctx.tenantId}::uuid and p.state = 'closed') as "lastClosed"`
  return row ?? { firstMonth: null, lastClosed: null }
}

/** One month; undefined when it was never closed. */
export async function readPeriod(ctx: TenantContext, month: BookMonth): Promise<PeriodRow | undefined> {
  const [row] = await ctx.db.$queryRaw<PeriodRow[]>`
    select to_char(month, 'YYYY-MM') as month, state, closed_by as "closedBy", closed_at as "closedAt", reopen_reason as "reopenReason",
      reopen_asked_by as "reopenAskedBy"
    from accounting_periods where tenant_id = ${ctx.tenantId}::uuid and month = ${`${month}-01`}::date`
  return row
}

/** Closes a month: from here on the database takes no entry into it. */
export async function savePeriodClosed(ctx: TenantContext, month: BookMonth): Promise<void> {
  await ctx.db.$executeRaw`
    insert into accounting_periods (tenant_id, id, month, state, closed_by, closed_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${`${month}-01`}::date, 'closed', ${actorName(ctx.actor)}, ${ctx.now})
    on conflict (tenant_id, month) do update set state = 'closed', closed_by = excluded.closed_by, closed_at = excluded.closed_at`
}

/** Notes that somebody asks to open a closed month again; a null `reason` takes the question back. */
export async function saveReopenAsked(ctx: TenantContext, month: BookMonth, reason: string | null): Promise<void> {
  const [by, at] = reason === null ? [null, null] : [actorName(ctx.actor), ctx.now]
  await ctx.db.$executeRaw`
    update accounting_periods set reopen_reason = ${reason}, reopen_asked_by = ${by}, reopen_asked_at = ${at}
    where tenant_id = ${ctx.tenantId}::uuid and month = ${`${month}-01`}::date`
}

/** Opens a closed month again. */
export async function savePeriodReopened(ctx: TenantContext, month: BookMonth): Promise<void> {
  await ctx.db.$executeRaw`
    update accounting_periods set state = 'open', reopen_reason = null, reopen_asked_by = null, reopen_asked_at = null
    where tenant_id = ${ctx.tenantId}::uuid and month = ${`${month}-01`}::date`
}

/** Numbers of documents of the days `[start, end)` over more than nothing that have no entry, at most 20. */
export async function documentsNotBooked(ctx: TenantContext, days: { start: LocalDate; end: LocalDate }): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ number: string }[]>`
    select i.number from invoices i
    where i.tenant_id = ${ctx.tenantId}::uuid and i.issue_date >= ${days.start}::date and i.issue_date < ${days.end}::date
      and i.document_type in ('invoice', 'credit-note', 'debit-note') and i.total_minor <> 0
      and not exists (select 1 from ledger_entries e where e.tenant_id = i.tenant_id and e.source_key = i.document_type || ':' || i.id)
    order by i.number limit 20`
  return rows.map(({ number }) => number)
}
