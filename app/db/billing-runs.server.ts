import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'

export type BillingRunState = 'requested' | 'drafted' | 'finalising' | 'finished'

/** One closing of one period; the dates are the seller's, the end exclusive. */
export type BillingRun = {
  readonly id: string
  readonly periodStart: LocalDate
  readonly periodEnd: LocalDate
  readonly state: BillingRunState
}

export type NewBillingRun = Pick<BillingRun, 'periodStart' | 'periodEnd'> & { readonly requestedBy: string }

/** The run of a period, made now unless there is one. */
export async function openBillingRun(ctx: TenantContext, run: NewBillingRun): Promise<{ run: BillingRun; isNew: boolean }> {
  const inserted = await ctx.db.$executeRaw`
    insert into billing_runs (tenant_id, id, period_start, period_end, state, requested_by, started_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${run.periodStart}::date, ${run.periodEnd}::date, 'requested', ${run.requestedBy}, ${ctx.now})
    on conflict (tenant_id, period_start, period_end) do nothing`
  const [found] = await ctx.db.$queryRaw<BillingRun[]>`
    select id, period_start::text as "periodStart", period_end::text as "periodEnd", state from billing_runs
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
    select id, period_start::text as "periodStart", period_end::text as "periodEnd", state from billing_runs
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
  return run
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
}

/** Writes the drafts of a run over what an earlier try left; a finalised one stays as it is. */
export async function saveDrafts(ctx: TenantContext, runId: string, drafts: readonly DraftRow[]): Promise<void> {
  if (drafts.length === 0) return
  const column = <T>(pick: (draft: DraftRow) => T) => drafts.map(pick)
  await ctx.db.$executeRaw`
    insert into invoice_drafts (tenant_id, id, billing_run_id, account_id, contract_id, state, problem, currency, net_minor, tax_minor,
      total_minor, content, created_at)
    select ${ctx.tenantId}::uuid, i.id, ${runId}::uuid, i.account_id, i.contract_id, i.state, i.problem, i.currency, i.net_minor, i.tax_minor,
      i.total_minor, i.content::jsonb, ${ctx.now}
    from unnest(${column(() => newId())}::uuid[], ${column((d) => d.accountId)}::uuid[], ${column((d) => d.contractId)}::uuid[],
      ${column((d) => d.state)}::text[], ${column((d) => d.problem)}::text[], ${column((d) => d.currency)}::text[],
      ${column((d) => d.netMinor.toString())}::bigint[], ${column((d) => d.taxMinor.toString())}::bigint[],
      ${column((d) => d.totalMinor.toString())}::bigint[], ${column((d) => d.content)}::text[]
    ) as i (id, account_id, contract_id, state, problem, currency, net_minor, tax_minor, total_minor, content)
    on conflict (tenant_id, billing_run_id, contract_id) do update
    set state = excluded.state, problem = excluded.problem, currency = excluded.currency, net_minor = excluded.net_minor,
        tax_minor = excluded.tax_minor, total_minor = excluded.total_minor, content = excluded.content
    where invoice_drafts.state <> 'finalised'`
}

export type LockedDraft = {
  readonly id: string
  readonly billingRunId: string
  readonly contractId: string
  readonly accountId: string
  readonly state: DraftState
  readonly invoiceId: string | null
}

/** The draft, held until the transaction ends: two runs of one period take turns here. */
export async function lockDraft(ctx: TenantContext, id: string): Promise<LockedDraft | undefined> {
  const [draft] = await ctx.db.$queryRaw<LockedDraft[]>`
    select id, billing_run_id as "billingRunId", contract_id as "contractId", account_id as "accountId", state, invoice_id as "invoiceId"
    from invoice_drafts where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for update`
  return draft
}

/** Ids of drafts that wait for their number, in the order of the run; at most `limit`. */
export async function waitingDrafts(ctx: TenantContext, runId: string, limit: number): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    select id from invoice_drafts
    where tenant_id = ${ctx.tenantId}::uuid and billing_run_id = ${runId}::uuid and state = 'drafted'
    order by contract_id limit ${limit}`
  return rows.map((row) => row.id)
}

/** Notes that `invoiceId` is what became of the draft, with the amounts it was finalised at. */
export async function closeDraft(
  ctx: TenantContext,
  draft: {
    readonly id: string
    readonly invoiceId: string
    readonly netMinor: bigint
    readonly taxMinor: bigint
    readonly totalMinor: bigint
  },
): Promise<void> {
  await ctx.db.$executeRaw`
    update invoice_drafts set state = 'finalised', problem = null, invoice_id = ${draft.invoiceId}::uuid, net_minor = ${draft.netMinor},
      tax_minor = ${draft.taxMinor}, total_minor = ${draft.totalMinor}
    where tenant_id = ${ctx.tenantId}::uuid and id = ${draft.id}::uuid`
}

/** Takes the draft out of this run, with the reason; its charges stay open. */
export async function setDraftAside(ctx: TenantContext, id: string, state: 'empty' | 'parked', problem: string | null): Promise<void> {
  await ctx.db.$executeRaw`
    update invoice_drafts set state = ${state}, problem = ${problem}, net_minor = 0, tax_minor = 0, total_minor = 0
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and state <> 'finalised'`
}
