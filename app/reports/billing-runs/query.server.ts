import type { TenantContext } from '#app/db/context.server.ts'
import { type DraftFlag, draftFlags, type HoldReason } from '#app/domain/invoice/judge-draft.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { toPublicId, Uuid } from '#app/domain/shared/ids.ts'
import type { BillingRunDetail, BillingRunDraft, BillingRunItem } from './shape.ts'

type RunRow = Omit<BillingRunItem, 'publicId' | 'totals'> & {
  readonly heldReasons: readonly HoldReason[]
  readonly approvedAt: Date | null
}

/** The runs of the tenant, newest period first, at most `limit`. */
export async function listBillingRuns(ctx: TenantContext, limit = 60): Promise<BillingRunItem[]> {
  const rows = await readRuns(ctx, null, limit)
  const totals = await readTotals(
    ctx,
    rows.map((row) => row.id),
  )
  return rows.map((row) => toItem(row, totals))
}

export type DraftPage = { readonly limit?: number; readonly cursor?: string | null; readonly flag?: DraftFlag | null }

/** One run with its drafts, the parked ones first; undefined when the tenant has none such. The cursor is the last draft's id. */
export async function readBillingRun(ctx: TenantContext, id: string, page: DraftPage = {}): Promise<BillingRunDetail | undefined> {
  const [row] = await readRuns(ctx, id, 1)
  if (!row) return undefined
  const limit = Math.min(Math.max(page.limit ?? 100, 1), 200)
  const after = Uuid.safeParse(page.cursor).data ?? null
  const drafts = await readDrafts(ctx, id, { limit: limit + 1, after, flag: page.flag ?? null })
  const shown = drafts.slice(0, limit)
  return {
    ...toItem(row, await readTotals(ctx, [id])),
    heldReasons: row.heldReasons,
    requestedById: row.requestedBy,
    approvedAt: row.approvedAt,
    ...(await readProgress(ctx, row)),
    flags: await countFlags(ctx, id),
    drafts: shown,
    nextCursor: drafts.length > limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

function readRuns(ctx: TenantContext, id: string | null, limit: number): Promise<RunRow[]> {
  return ctx.db.$queryRaw<RunRow[]>`
    select id, period_start::text as "periodStart", period_end::text as "periodEnd", state, drafted, finalised, parked,
      requested_by as "requestedBy", started_at as "startedAt", finished_at as "finishedAt", locked_at as "lockedAt",
      held_reasons as "heldReasons", approved_at as "approvedAt"
    from billing_runs
    where tenant_id = ${ctx.tenantId}::uuid and (${id}::uuid is null or id = ${id}::uuid)
    order by period_start desc, id desc limit ${limit}`
}

type Progress = Pick<BillingRunDetail, 'waiting' | 'perMinute' | 'quarantined'>

/** How far the run is, at which speed, and what of its period nobody can bill yet. */
async function readProgress(ctx: TenantContext, run: RunRow): Promise<Progress> {
  const minuteAgo = new Date(ctx.now.getTime() - 60_000)
  const [row] = await ctx.db.$queryRaw<Progress[]>`
    select
      (select count(*)::int from invoice_drafts d
       where d.tenant_id = ${ctx.tenantId}::uuid and d.billing_run_id = ${run.id}::uuid and d.state = 'drafted') as waiting,
      (select count(*)::int from invoices i
       where i.tenant_id = ${ctx.tenantId}::uuid and i.billing_run_id = ${run.id}::uuid and i.finalised_at > ${minuteAgo}) as "perMinute",
      (select count(*)::int from usage_quarantine q join tenants t on t.tenant_id = q.tenant_id
       where q.tenant_id = ${ctx.tenantId}::uuid and q.state = 'open'
         and q.window_start >= (${run.periodStart}::date)::timestamp at time zone t.time_zone
         and q.window_start < (${run.periodEnd}::date)::timestamp at time zone t.time_zone) as quarantined`
  return row ?? { waiting: 0, perMinute: 0, quarantined: 0 }
}

async function countFlags(ctx: TenantContext, runId: string): Promise<BillingRunDetail['flags']> {
  const rows = await ctx.db.$queryRaw<{ flag: DraftFlag; count: number }[]>`
    select f.flag, count(*)::int as count from invoice_drafts d cross join lateral unnest(d.flags) as f (flag)
    where d.tenant_id = ${ctx.tenantId}::uuid and d.billing_run_id = ${runId}::uuid group by f.flag`
  return rows.sort((a, b) => draftFlags.indexOf(a.flag) - draftFlags.indexOf(b.flag))
}

async function readTotals(ctx: TenantContext, runIds: readonly string[]): Promise<Map<string, Money[]>> {
  const rows = await ctx.db.$queryRaw<{ runId: string; currency: string; total: string }[]>`
    select billing_run_id as "runId", currency, sum(total_minor)::text as total from invoice_drafts
    where tenant_id = ${ctx.tenantId}::uuid and billing_run_id = any (${runIds}::uuid[]) and state in ('drafted', 'finalised')
    group by 1, 2 order by 1, 2`
  const totals = new Map<string, Money[]>()
  for (const row of rows) totals.set(row.runId, [...(totals.get(row.runId) ?? []), money(BigInt(row.total), row.currency)])
  return totals
}

type DraftRow = Omit<BillingRunDraft, 'net' | 'tax' | 'total' | 'previousTotal'> & {
  previousTotalMinor: bigint | null
  currency: string
  netMinor: bigint
  taxMinor: bigint
  totalMinor: bigint
}

async function readDrafts(
  ctx: TenantContext,
  runId: string,
  page: { limit: number; after: string | null; flag: DraftFlag | null },
): Promise<BillingRunDraft[]> {
  const rows = await ctx.db.$queryRaw<DraftRow[]>`
    select d.id, d.contract_id as "contractId", d.account_id as "accountId", a.name as "buyerName", d.state, d.problem, d.currency,
      d.net_minor as "netMinor", d.tax_minor as "taxMinor", d.total_minor as "totalMinor", d.invoice_id as "invoiceId", i.number,
      d.period_start::text as "periodStart", d.period_end::text as "periodEnd", d.flags, d.previous_invoice_id as "previousInvoiceId",
      d.previous_total_minor as "previousTotalMinor"
    from invoice_drafts d
    join accounts a on a.tenant_id = d.tenant_id and a.id = d.account_id
    left join invoices i on i.tenant_id = d.tenant_id and i.id = d.invoice_id
    where d.tenant_id = ${ctx.tenantId}::uuid and d.billing_run_id = ${runId}::uuid
      and (${page.flag}::text is null or ${page.flag} = any (d.flags))
      and (${page.after}::uuid is null or (d.state <> 'parked', a.name, d.id) > (
        select e.state <> 'parked', b.name, e.id from invoice_drafts e join accounts b on b.tenant_id = e.tenant_id and b.id = e.account_id
        where e.tenant_id = ${ctx.tenantId}::uuid and e.id = ${page.after}::uuid))
    order by d.state <> 'parked', a.name, d.id limit ${page.limit}`
  return rows.map(({ currency, netMinor, taxMinor, totalMinor, previousTotalMinor, ...row }) => ({
    ...row,
    previousTotal: previousTotalMinor === null ? null : money(previousTotalMinor, currency),
    net: money(netMinor, currency),
    tax: money(taxMinor, currency),
    total: money(totalMinor, currency),
  }))
}

function toItem({ heldReasons: _, approvedAt: __, ...row }: RunRow, totals: ReadonlyMap<string, Money[]>): BillingRunItem {
  return { ...row, publicId: toPublicId('run', row.id), totals: totals.get(row.id) ?? [] }
}
