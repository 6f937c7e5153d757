import type { TenantContext } from '#app/db/context.server.ts'
import { sql } from '#app/db/sql.server.ts'
import { money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { offsetOf, pageSize } from '../paging.ts'
import type { Aging, AgingBucket, AgingDocument, AgingFigures } from './shape.ts'

export type AgingFilter = {
  readonly asOf: LocalDate
  readonly currency: string | null
  readonly accountId: string | null
}

/**
 * What each buyer owed on each document at the end of a day, by what was booked up to it: what was booked later does not count, so a past
 * day reads as it was. A credit note lowers the document it refers to; what of it was used on another one moves there on the day of use.
 */
const openOn = (ctx: TenantContext, { asOf, currency, accountId }: AgingFilter) => sql`
  with moved as (
    select p.account_id, p.currency, case when i.document_type = 'credit-note' then coalesce(i.refers_to_id, i.id) else e.invoice_id end as invoice_id,
      p.amount_minor as minor, p.booked_on
    from ledger_accounts l
    join ledger_postings p on p.tenant_id = l.tenant_id and p.ledger_account_id = l.id
    join ledger_entries e on e.tenant_id = p.tenant_id and e.id = p.entry_id
    left join invoices i on i.tenant_id = e.tenant_id and i.id = e.invoice_id
    where l.tenant_id = ${ctx.tenantId}::uuid and l.code = 'receivable' and p.booked_on <= ${asOf}::date
      and (${currency}::text is null or p.currency = ${currency}) and (${accountId}::uuid is null or p.account_id = ${accountId}::uuid)
    union all
    select u.account_id, u.currency, side.invoice_id, side.minor, ${asOf}::date
    from credit_uses u
    join tenants t on t.tenant_id = u.tenant_id
    join invoices n on n.tenant_id = u.tenant_id and n.id = u.credit_note_id
    cross join lateral (values (coalesce(n.refers_to_id, n.id), u.amount_minor), (u.invoice_id, -u.amount_minor)) as side (invoice_id, minor)
    where u.tenant_id = ${ctx.tenantId}::uuid and (u.created_at at time zone t.time_zone)::date <= ${asOf}::date
      and (u.reversed_at is null or (u.reversed_at at time zone t.time_zone)::date > ${asOf}::date)
      and (${currency}::text is null or u.currency = ${currency}) and (${accountId}::uuid is null or u.account_id = ${accountId}::uuid)
  ), documents as (
    select account_id, currency, invoice_id, sum(minor) as minor, max(booked_on) as booked_on
    from moved group by account_id, currency, invoice_id having sum(minor) <> 0
  ), aged as (
    select d.account_id, d.currency, d.invoice_id, d.minor, i.number, coalesce(i.due_date, d.booked_on) as due_date,
      case when d.minor < 0 then 'credit'
        when ${asOf}::date <= coalesce(i.due_date, d.booked_on) then 'notDue'
        when ${asOf}::date - coalesce(i.due_date, d.booked_on) <= 30 then 'days30'
        when ${asOf}::date - coalesce(i.due_date, d.booked_on) <= 60 then 'days60'
        when ${asOf}::date - coalesce(i.due_date, d.booked_on) <= 90 then 'days90'
        else 'older' end as bucket
    from documents d left join invoices i on i.tenant_id = ${ctx.tenantId}::uuid and i.id = d.invoice_id
  )`

type Sums = Record<AgingBucket | 'total', string> & { currency: string }

const sums = sql`
  coalesce(sum(minor) filter (where bucket = 'notDue'), 0)::text as "notDue", coalesce(sum(minor) filter (where bucket = 'days30'), 0)::text as "days30",
  coalesce(sum(minor) filter (where bucket = 'days60'), 0)::text as "days60", coalesce(sum(minor) filter (where bucket = 'days90'), 0)::text as "days90",
  coalesce(sum(minor) filter (where bucket = 'older'), 0)::text as "older", coalesce(sum(minor) filter (where bucket = 'credit'), 0)::text as "credit",
  sum(minor)::text as total`

/** What was open on a day, most overdue first, 50 buyers a page; every one of them when `page` is null, 20,000 at most. */
export async function readAging(ctx: TenantContext, filter: AgingFilter, page: number | null): Promise<Aging> {
  const [limit, offset] = page === null ? [20_000, 0] : [pageSize, offsetOf(page)]
  const rows = await ctx.db.$queryRaw<(Sums & { accountId: string | null; name: string | null; count: number })[]>`
    ${openOn(ctx, filter)}, lines as (
      select account_id, currency, ${sums}, sum(minor) filter (where bucket not in ('notDue', 'credit')) as overdue
      from aged group by account_id, currency
    ), page as (
      select l.*, a.name, count(*) over ()::int as count from lines l
      left join accounts a on a.tenant_id = ${ctx.tenantId}::uuid and a.id = l.account_id
      order by l.currency, l.overdue desc nulls last, a.name, l.account_id limit ${limit} offset ${offset}
    )
    select account_id as "accountId", name, currency, "notDue", "days30", "days60", "days90", older, credit, total, count, false as is_sum, overdue
    from page
    union all
    select null, null, currency, ${sums}, 0, true, null from aged group by currency
    order by is_sum desc, currency, overdue desc nulls last, name, "accountId"`
  const lines = rows.filter(({ name }) => name !== null)
  return {
    asOf: filter.asOf,
    totals: rows.filter(({ name }) => name === null).map(toFigures),
    rows: lines.map((row) => ({ ...toFigures(row), accountId: row.accountId ?? '', name: row.name ?? '' })),
    count: lines[0]?.count ?? 0,
  }
}

function toFigures({ currency, ...row }: Sums): AgingFigures {
  const of = (minor: string) => money(BigInt(minor), currency)
  return {
    notDue: of(row.notDue),
    days30: of(row.days30),
    days60: of(row.days60),
    days90: of(row.days90),
    older: of(row.older),
    credit: of(row.credit),
    total: of(row.total),
  }
}

type DocumentRow = Omit<AgingDocument, 'open'> & { minor: string; currency: string; count: number }

/** The documents behind a figure, the longest due first, 50 a page, and how many there are. */
export async function listAgingDocuments(
  ctx: TenantContext,
  filter: AgingFilter & { readonly bucket: AgingBucket | null; readonly page: number },
): Promise<{ readonly documents: AgingDocument[]; readonly count: number }> {
  const rows = await ctx.db.$queryRaw<DocumentRow[]>`
    ${openOn(ctx, filter)}
    select g.account_id as "accountId", a.name, g.invoice_id as "invoiceId", g.number, g.due_date::text as "dueDate", g.bucket,
      g.minor::text as minor, g.currency, count(*) over ()::int as count
    from aged g join accounts a on a.tenant_id = ${ctx.tenantId}::uuid and a.id = g.account_id
    where ${filter.bucket}::text is null or g.bucket = ${filter.bucket}
    order by g.due_date, a.name, g.number nulls last, g.invoice_id limit ${pageSize} offset ${offsetOf(filter.page)}`
  return {
    documents: rows.map(({ minor, currency, count: _count, ...row }) => ({ ...row, open: money(BigInt(minor), currency) })),
    count: rows[0]?.count ?? 0,
  }
}
