import type { TenantContext } from '#app/db/context.server.ts'
import { type Sql, sql } from '#app/db/sql.server.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import { offsetOf, pageSize } from '../paging.ts'
import type { Revenue, RevenueRow, RevenueView } from './shape.ts'

export type RevenueFilter = {
  /** Months of the documents' dates, `YYYY-MM`, both included. */
  readonly from: string
  readonly to: string
  readonly by: RevenueView
  readonly accountId: string | null
  /** The key of a product row; null: all of them. */
  readonly product: string | null
}

const rowsAtMost = 20_000

/** Names of a product as a document prints them, or what stands in their place. Equal names are one product. */
const productKey = sql`coalesce(nullif(l.description -> 'product', 'null'::jsonb)::text,
  case when l.kind in ('discount', 'item', 'credit') then l.kind else l.description ->> 'meter' end, l.kind)`

const keyOf: Readonly<Record<RevenueView, Sql>> = {
  product: productKey,
  account: sql`i.account_id::text`,
  month: sql`to_char(i.issue_date, 'YYYY-MM')`,
  document: sql`i.id::text`,
}

/** Lines of the documents of the period with the sign of their document; void ones, pro-formas and documents in the buyer's name are no revenue. */
const linesOf = (ctx: TenantContext, { from, to, by, accountId, product }: RevenueFilter) => sql`
  select ${keyOf[by]} as key, l.currency, l.kind, l.description, i.id as invoice_id, i.account_id, i.number, i.document_type,
    case when i.document_type = 'credit-note' then -l.net_minor else l.net_minor end as net
  from invoices i
  join invoice_states s on s.tenant_id = i.tenant_id and s.invoice_id = i.id and s.status <> 'void'
  join invoice_lines l on l.tenant_id = i.tenant_id and l.invoice_id = i.id
  where i.tenant_id = ${ctx.tenantId}::uuid and i.issue_date >= ${`${from}-01`}::date
    and i.issue_date < (${`${to}-01`}::date + interval '1 month')::date and i.document_type in ('invoice', 'debit-note', 'credit-note')
    and (${accountId}::uuid is null or i.account_id = ${accountId}::uuid)
    and (${product}::text is null or ${productKey} = ${product})`

type Row = Omit<RevenueRow, 'net'> & { currency: string; net: string; count: number }

/** What was invoiced in a period, net, by what the filter says, largest first, 50 rows a page; 20,000 at most when `page` is null. */
export async function readRevenue(ctx: TenantContext, filter: RevenueFilter, page: number | null): Promise<Revenue> {
  const [limit, offset] = page === null ? [rowsAtMost, 0] : [pageSize, offsetOf(page)]
  const { by } = filter
  const rows = await ctx.db.$queryRaw<Row[]>`
    with lines as (${linesOf(ctx, filter)}), grouped as (
      select key, currency, sum(net) as net, count(distinct invoice_id)::int as documents,
        case when ${by} = 'product' then (array_agg(nullif(description -> 'product', 'null'::jsonb)))[1] end as product,
        case when ${by} = 'product' and not bool_or(nullif(description -> 'product', 'null'::jsonb) is not null) then key end as subject,
        case when ${by} in ('account', 'document') then (array_agg(account_id))[1] end as account_id,
        case when ${by} = 'document' then min(number) end as number, case when ${by} = 'document' then min(document_type) end as document_type
      from lines group by key, currency
    )
    select g.key, g.product, g.subject, a.name, g.number, g.document_type as "documentType", g.documents, g.currency, g.net::text as net,
      count(*) over ()::int as count
    from grouped g left join accounts a on a.tenant_id = ${ctx.tenantId}::uuid and a.id = g.account_id
    order by ${by === 'month' ? sql`g.key` : sql`g.currency, g.net desc, g.key`}, g.currency limit ${limit} offset ${offset}`
  return {
    rows: rows.map(({ currency, net, count: _count, ...row }) => ({ ...row, net: money(BigInt(net), currency) })),
    totals: await readTotals(ctx, filter),
    count: rows[0]?.count ?? 0,
  }
}

async function readTotals(ctx: TenantContext, filter: RevenueFilter): Promise<Money[]> {
  const rows = await ctx.db.$queryRaw<{ currency: string; net: string }[]>`
    with lines as (${linesOf(ctx, filter)}) select currency, sum(net)::text as net from lines group by currency order by currency`
  return rows.map(({ currency, net }) => money(BigInt(net), currency))
}
