import type { LocalPeriod } from '#app/domain/time/invoice-cycle.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

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
  const text = (pick: (draft: DraftRow) => string | null) => sqlArray(drafts, pick)
  await ctx.db.$executeRaw`
    insert into invoice_drafts (tenant_id, id, billing_run_id, account_id, contract_id, state, problem, currency, net_minor, tax_minor,
      total_minor, content, created_at, period_start, period_end, previous_invoice_id, previous_total_minor, flags)
    select ${ctx.tenantId}::uuid, i.id, ${runId}::uuid, i.account_id, i.contract_id, i.state, i.problem, i.currency, i.net_minor, i.tax_minor,
      i.total_minor, i.content, ${ctx.now}, i.period_start, i.period_end, i.previous_invoice_id, i.previous_total_minor,
      array(select jsonb_array_elements_text(i.flags))
    from unnest(${text(() => newId())}::uuid[], ${text((d) => d.accountId)}::uuid[], ${text((d) => d.contractId)}::uuid[],
      ${text((d) => d.state)}::text[], ${text((d) => d.problem)}::text[], ${text((d) => d.currency)}::text[],
      ${text((d) => d.netMinor.toString())}::bigint[], ${text((d) => d.taxMinor.toString())}::bigint[],
      ${text((d) => d.totalMinor.toString())}::bigint[], ${text((d) => d.content)}::jsonb[], ${text((d) => d.periodStart)}::date[],
      ${text((d) => d.periodEnd)}::date[], ${text((d) => d.previousInvoiceId)}::uuid[],
      ${text((d) => d.previousTotalMinor?.toString() ?? null)}::bigint[], ${text((d) => JSON.stringify(d.flags))}::jsonb[]
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
