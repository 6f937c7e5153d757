import type { LocalPeriod } from '#app/domain/time/invoice-cycle.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from './context.server.ts'
import { Prisma } from './generated/client.ts'
import { newId } from './ids.server.ts'
import { sqlArray } from './sql-array.server.ts'

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

/** What a run's drafts come to: sums by currency, and how many were compared with an invoice before and differ wildly. */
export async function summariseDrafts(
  ctx: TenantContext,
  id: string,
): Promise<readonly { currency: string; totalMinor: bigint; compared: number; wild: number }[]> {
  return ctx.db.$queryRaw<{ currency: string; totalMinor: bigint; compared: number; wild: number }[]>`
    select currency, sum(total_minor)::bigint as "totalMinor", count(previous_total_minor)::int as compared,
      count(*) filter (where 'wild' = any (flags))::int as wild
    from invoice_drafts
    where tenant_id = ${ctx.tenantId}::uuid and billing_run_id = ${id}::uuid and state in ('drafted', 'finalised')
    group by currency order by currency`
}

/** Contracts whose draft of the run is parked, in order, after `afterId`, at most `limit`. */
export async function parkedContracts(ctx: TenantContext, id: string, page: { afterId: string | null; limit: number }): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ contractId: string }[]>`
    select contract_id as "contractId" from invoice_drafts
    where tenant_id = ${ctx.tenantId}::uuid and billing_run_id = ${id}::uuid and state = 'parked'
      and (${page.afterId}::uuid is null or contract_id > ${page.afterId}::uuid)
    order by contract_id limit ${page.limit}`
  return rows.map((row) => row.contractId)
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

export type DraftState = 'drafted' | 'empty' | 'parked' | 'finalised'

/** What a run is about to invoice to one payer; amounts in minor units of the contract's currency. */
export type DraftRow = {
  readonly contractId: string
  readonly accountId: string
  readonly state: Exclude<DraftState, 'finalised'>
  readonly problem: string | null
  readonly currency: string
  readonly netMinor: bigint
  readonly taxMinor: bigint
  readonly totalMinor: bigint
  /** JSON text. */
  readonly content: string
  readonly periodStart: LocalDate
  readonly periodEnd: LocalDate
  /** The contract's invoice before, null when there is none. */
  readonly previousInvoiceId: string | null
  readonly previousTotalMinor: bigint | null
  readonly flags: readonly string[]
}

/** Writes the drafts of a run over what an earlier try left; a finalised one stays as it is. */
export async function saveDrafts(ctx: TenantContext, runId: string, drafts: readonly DraftRow[]): Promise<void> {
  if (drafts.length === 0) return
  const column = <T>(pick: (draft: DraftRow) => T) => drafts.map(pick)
  await ctx.db.$executeRaw`
    insert into invoice_drafts (tenant_id, id, billing_run_id, account_id, contract_id, state, problem, currency, net_minor, tax_minor,
      total_minor, content, created_at, period_start, period_end, previous_invoice_id, previous_total_minor, flags)
    select ${ctx.tenantId}::uuid, i.id, ${runId}::uuid, i.account_id, i.contract_id, i.state, i.problem, i.currency, i.net_minor, i.tax_minor,
      i.total_minor, i.content::jsonb, ${ctx.now}, i.period_start, i.period_end, i.previous_invoice_id, i.previous_total_minor,
      array(select jsonb_array_elements_text(i.flags::jsonb))
    from unnest(${column(() => newId())}::uuid[], ${column((d) => d.accountId)}::uuid[], ${column((d) => d.contractId)}::uuid[],
      ${column((d) => d.state)}::text[], ${column((d) => d.problem)}::text[], ${column((d) => d.currency)}::text[],
      ${column((d) => d.netMinor.toString())}::bigint[], ${column((d) => d.taxMinor.toString())}::bigint[],
      ${column((d) => d.totalMinor.toString())}::bigint[], ${column((d) => d.content)}::text[], ${column((d) => d.periodStart)}::date[],
      ${column((d) => d.periodEnd)}::date[], ${column((d) => d.previousInvoiceId)}::uuid[],
      ${column((d) => d.previousTotalMinor?.toString() ?? null)}::bigint[], ${column((d) => JSON.stringify(d.flags))}::text[]
    ) as i (id, account_id, contract_id, state, problem, currency, net_minor, tax_minor, total_minor, content, period_start, period_end,
      previous_invoice_id, previous_total_minor, flags)
    on conflict (tenant_id, billing_run_id, contract_id) do update
    set state = excluded.state, problem = excluded.problem, currency = excluded.currency, net_minor = excluded.net_minor,
        tax_minor = excluded.tax_minor, total_minor = excluded.total_minor, content = excluded.content,
        period_start = excluded.period_start, period_end = excluded.period_end, previous_invoice_id = excluded.previous_invoice_id,
        previous_total_minor = excluded.previous_total_minor, flags = excluded.flags
    where invoice_drafts.state <> 'finalised'`
}

export type LockedDraft = {
  readonly id: string
  readonly billingRunId: string
  readonly contractId: string
  readonly accountId: string
  readonly state: DraftState
  readonly periodStart: LocalDate
  readonly periodEnd: LocalDate
  readonly totalMinor: bigint
  readonly invoiceId: string | null
}

/** Drafts, held until the transaction ends, in order of their contracts: two runs of one period take turns here. */
export async function lockDrafts(ctx: TenantContext, ids: readonly string[]): Promise<LockedDraft[]> {
  return ctx.db.$queryRaw<LockedDraft[]>`
    select id, billing_run_id as "billingRunId", contract_id as "contractId", account_id as "accountId", state,
      period_start::text as "periodStart", period_end::text as "periodEnd", total_minor as "totalMinor", invoice_id as "invoiceId"
    from invoice_drafts where tenant_id = ${ctx.tenantId}::uuid and id = any (${ids}::uuid[]) order by contract_id, id for update`
}

/** Ids of drafts that wait for their number, in the order of the run; at most `limit`. */
export async function waitingDrafts(ctx: TenantContext, runId: string, limit: number): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from invoice_drafts
    where tenant_id = ${ctx.tenantId}::uuid and billing_run_id = ${runId}::uuid and state = 'drafted'
    order by contract_id limit ${limit}`
  return rows.map((row) => row.id)
}

export type ClosedDraft = {
  readonly id: string
  readonly invoiceId: string
  readonly netMinor: bigint
  readonly taxMinor: bigint
  readonly totalMinor: bigint
}

/** Notes which invoices became of drafts, with the amounts they were finalised at. */
export async function closeDrafts(ctx: TenantContext, drafts: readonly ClosedDraft[]): Promise<void> {
  await ctx.db.$executeRaw`
    update invoice_drafts d set state = 'finalised', problem = null, invoice_id = c.invoice_id, net_minor = c.net_minor, tax_minor = c.tax_minor,
      total_minor = c.total_minor
    from unnest(${sqlArray(drafts, (d) => d.id)}::uuid[], ${sqlArray(drafts, (d) => d.invoiceId)}::uuid[],
      ${sqlArray(drafts, (d) => d.netMinor.toString())}::bigint[], ${sqlArray(drafts, (d) => d.taxMinor.toString())}::bigint[],
      ${sqlArray(drafts, (d) => d.totalMinor.toString())}::bigint[]) as c (id, invoice_id, net_minor, tax_minor, total_minor)
    where d.tenant_id = ${ctx.tenantId}::uuid and d.id = c.id`
}

/** Takes the draft out of this run, with the reason; its charges stay open. */
export async function setDraftAside(ctx: TenantContext, id: string, state: 'empty' | 'parked', problem: string | null): Promise<void> {
  await ctx.db.$executeRaw`
    update invoice_drafts set state = ${state}, problem = ${problem}, net_minor = 0, tax_minor = 0, total_minor = 0
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state <> 'finalised'`
}

/** A draft of a run, as it is compared with the invoice before it. */
export type ComparedDraft = {
  readonly accountId: string
  readonly contractId: string
  readonly buyerName: string
  readonly currency: string
  readonly period: LocalPeriod
  readonly runPeriod: LocalPeriod
  readonly invoiceId: string | null
  readonly previousInvoiceId: string | null
}

/** One draft of a run; undefined when the run has none such. */
export async function readDraftRow(
  ctx: TenantContext,
  { billingRunId, draftId }: { readonly billingRunId: string; readonly draftId: string },
): Promise<ComparedDraft | undefined> {
  const [row] = await ctx.db.$queryRaw<ComparedDraft[]>`
    select d.account_id as "accountId", d.contract_id as "contractId", a.name as "buyerName", d.currency, d.invoice_id as "invoiceId",
      d.previous_invoice_id as "previousInvoiceId", json_build_object('start', d.period_start, 'end', d.period_end) as period,
      json_build_object('start', r.period_start, 'end', r.period_end) as "runPeriod"
    from invoice_drafts d
    join billing_runs r on r.tenant_id = d.tenant_id and r.id = d.billing_run_id
    join accounts a on a.tenant_id = d.tenant_id and a.id = d.account_id
    where d.tenant_id = ${ctx.tenantId}::uuid and d.billing_run_id = ${billingRunId}::uuid and d.id = ${draftId}::uuid`
  return row
}
