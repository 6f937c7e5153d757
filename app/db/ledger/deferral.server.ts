import type { BookMonth } from '#app/domain/ledger/accounting-period.ts'
import type { RevenueKind } from '#app/domain/ledger/chart.ts'
import type { DeferredPart } from '#app/domain/ledger/deferral.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** From which day on documents are deferred; null when fees in advance are earned when they are invoiced. */
export async function readDefersFrom(ctx: TenantContext): Promise<LocalDate | null> {
  const [row] = await ctx.db.$queryRaw<{ from: string | null }[]>`
    select defers_from::text as "from" from deferral_settings where tenant_id = ${ctx.tenantId}::uuid`
  return row?.from ?? null
}

/** Keeps from which day on documents are deferred; null switches it off. */
export async function saveDefersFrom(ctx: TenantContext, from: LocalDate | null): Promise<void> {
  await ctx.db.$executeRaw`
    insert into deferral_settings (tenant_id, defers_from, changed_at) values (${ctx.tenantId}::uuid, ${from}::date, ${ctx.now})
    on conflict (tenant_id) do update set defers_from = excluded.defers_from, changed_at = excluded.changed_at`
}

/** Why parts are there: an invoice defers them, a credit note or a void takes them back. */
export type DeferralCause = 'invoice' | 'credit-note' | 'void'

/** A part with the document that books it. */
export type BookedPart = DeferredPart & { readonly invoiceId: string; readonly cause: DeferralCause }

/** Keeps what later months earn. */
export async function insertDeferredParts(ctx: TenantContext, parts: readonly BookedPart[]): Promise<void> {
  await ctx.db.$executeRaw`
    insert into deferred_parts (tenant_id, id, invoice_id, cause, line_id, revenue_kind, month, currency, amount_minor, created_at)
    select ${ctx.tenantId}::uuid, p.id, p.invoice_id, p.cause, p.line_id, p.revenue_kind, p.month, p.currency, p.amount_minor, ${ctx.now}
    from unnest(${sqlArray(parts, () => newId())}::uuid[], ${sqlArray(parts, (p) => p.invoiceId)}::uuid[],
      ${sqlArray(parts, (p) => p.cause)}::text[], ${sqlArray(parts, (p) => p.lineId)}::uuid[], ${sqlArray(parts, (p) => p.kind)}::text[],
      ${sqlArray(parts, (p) => `${p.month}-01`)}::date[], ${sqlArray(parts, (p) => p.amount.currency)}::text[],
      ${sqlArray(parts, (p) => p.amount.minor.toString())}::bigint[]
    ) as p (id, invoice_id, cause, line_id, revenue_kind, month, currency, amount_minor)`
}

type PartRow = { lineId: string; kind: RevenueKind; month: BookMonth; currency: string; amount: string }

/** What is deferred of the lines of an invoice, by line and month, less what was taken back of it; earned months are among them. */
export async function readDeferredParts(ctx: TenantContext, invoiceId: string): Promise<DeferredPart[]> {
  const rows = await ctx.db.$queryRaw<PartRow[]>`
    select p.line_id as "lineId", p.revenue_kind as kind, to_char(p.month, 'YYYY-MM') as month, p.currency, sum(p.amount_minor)::text as amount
    from invoice_lines l join deferred_parts p on p.tenant_id = l.tenant_id and p.line_id = l.id
    where l.tenant_id = ${ctx.tenantId}::uuid and l.invoice_id = ${invoiceId}::uuid
    group by p.line_id, p.revenue_kind, p.month, p.currency order by p.line_id, p.month`
  return rows.map(({ lineId, kind, month, currency, amount }) => ({ lineId, kind, month, amount: money(BigInt(amount), currency) }))
}

/** What a month has to earn and was not given yet; `releases` is how many entries gave it something. */
export type DueRelease = { readonly month: BookMonth; readonly kind: RevenueKind; readonly amount: Money; readonly releases: number }

type DueRow = { month: BookMonth; kind: RevenueKind; currency: string; amount: string; releases: number }

/** How the entries that give months what they earn are named, before the month. */
export const releasePrefix = 'deferral-release:'

/** What months up to `through` earn of fees that were invoiced before them, less what they were given, in order of months. */
export async function dueReleases(ctx: TenantContext, through: BookMonth): Promise<DueRelease[]> {
  const rows = await ctx.db.$queryRaw<DueRow[]>`
    with released as (
      select e.id, split_part(e.source_key, ':', 2) as month from ledger_entries e
      where e.tenant_id = ${ctx.tenantId}::uuid and e.kind = 'deferral' and starts_with(e.source_key, ${releasePrefix})
    ), sides as (
      select to_char(p.month, 'YYYY-MM') as month, p.revenue_kind as kind, p.currency, p.amount_minor from deferred_parts p
      where p.tenant_id = ${ctx.tenantId}::uuid and p.month <= ${`${through}-01`}::date
      union all
      select r.month, substr(a.code, length('deferred-revenue.') + 1), p.currency, -p.amount_minor
      from released r
      join ledger_postings p on p.tenant_id = ${ctx.tenantId}::uuid and p.entry_id = r.id
      join ledger_accounts a on a.tenant_id = p.tenant_id and a.id = p.ledger_account_id and starts_with(a.code, 'deferred-revenue.')
    )
    select s.month, s.kind, s.currency, sum(s.amount_minor)::text as amount,
      (select count(*)::int from released r where r.month = s.month) as releases
    from sides s group by s.month, s.kind, s.currency having sum(s.amount_minor) <> 0 order by s.month, s.kind, s.currency`
  return rows.map(({ month, kind, currency, amount, releases }) => ({ month, kind, amount: money(BigInt(amount), currency), releases }))
}
