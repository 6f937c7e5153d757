import { isOfMonth } from '#app/db/charges/charge-months.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type Sql, sql } from '#app/db/sql.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { MarginView } from './shape.ts'

/** What one thing came to in one currency, net and unrounded. */
export type SideRow = { readonly key: string; readonly currency: string; readonly amount: Decimal }
/** On the buy side the key is the parent's: a product of its own, a meter, a subscription below, a resource. */
type Raw = { key: string | null; currency: string; amount: string }

const rowsAtMost = 20_000
const toRows = (rows: readonly Raw[]): SideRow[] =>
  rows.map(({ key, currency, amount }) => ({ key: key ?? 'unassigned', currency, amount: new Decimal(amount) }))

/**
 * What was charged for the services of a month, net, and what documents took off or added without a charge. A charge whose price holds tax
 * counts without it, at the rate of its line, or of its buyer's last line while it is on none.
 */
export async function soldSide(ctx: TenantContext, monthStart: string, by: MarginView): Promise<SideRow[]> {
  const chargeKey = by === 'product' ? sql`coalesce(c.product_id::text, c.meter)` : sql`c.payer_account_id::text`
  const lineKey =
    by === 'product'
      ? sql`case when l.kind in ('discount', 'item', 'credit') then l.kind else coalesce(l.description ->> 'meter', l.kind) end`
      : sql`i.account_id::text`
  const rows = await ctx.db.$queryRaw<Raw[]>`
    with charged as (
      select ${chargeKey} as key, c.currency, k.id as contract_id, k.account_id, b.tax_behaviour, c.invoice_line_id, sum(c.amount) as amount
      from contracts k
      join price_books b on b.tenant_id = k.tenant_id and b.id = k.price_book_id
      join charges c on c.tenant_id = k.tenant_id and c.contract_id = k.id and ${isOfMonth(monthStart)}
      where k.tenant_id = ${ctx.tenantId}::uuid
      group by 1, c.currency, k.id, k.account_id, b.tax_behaviour, c.invoice_line_id
    ), nets as (
      select h.key, h.currency, case when h.tax_behaviour = 'inclusive' then h.amount / (1 + coalesce(l.tax_rate, (
          select last.tax_rate from invoice_lines last where last.tenant_id = ${ctx.tenantId}::uuid and last.account_id = h.account_id
          order by last.id desc limit 1), 0) / 100) else h.amount end as amount
      from charged h left join lateral (
        select n.tax_rate from invoice_lines n where n.tenant_id = ${ctx.tenantId}::uuid and n.id = h.invoice_line_id limit 1) l on true
      union all
      select ${lineKey}, l.currency, (case when i.document_type = 'credit-note' then -l.net_minor else l.net_minor end) / u.units
      from invoices i
      cross join lateral (select status from invoice_states n where n.tenant_id = i.tenant_id and n.invoice_id = i.id limit 1) s
      cross join lateral (select * from invoice_lines n where n.tenant_id = i.tenant_id and n.invoice_id = i.id offset 0) l
      cross join lateral (select power(10::numeric, ${exponentSql()}) as units) u
      where i.tenant_id = ${ctx.tenantId}::uuid and s.status <> 'void' and i.document_type in ('invoice', 'debit-note', 'credit-note')
        and i.issue_date >= (${monthStart}::date - interval '1 month')::date and i.issue_date < (${monthStart}::date + interval '4 months')::date
        and l.description ->> 'billingPeriod' >= ${monthStart} and l.description ->> 'billingPeriod' < (${monthStart}::date + interval '1 month')::date::text
        and (l.kind in ('discount', 'item', 'credit') or i.document_type <> 'invoice'
          or not exists (select 1 from charges c where c.tenant_id = i.tenant_id and c.invoice_id = i.id))
    )
    select key, currency, sum(amount)::text as amount from nets group by key, currency order by currency, key limit ${rowsAtMost}`
  return toRows(rows)
}

/** Decimals of a line's currency, as ISO 4217 lists those that differ from two. */
function exponentSql(): Sql {
  return sql`case when l.currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3
    when l.currency in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') then 0
    else 2 end`
}

/**
 * What the parent charges this tenant's account for the services of a month, as the account sees it there. By account the key is the
 * subscription that it feeds, or the resource.
 */
export async function boughtSide(ctx: TenantContext, monthStart: string, by: MarginView): Promise<SideRow[]> {
  const key = by === 'product' ? sql`coalesce(c.product_id::text, c.meter)` : sql`coalesce(s.feeds_subscription_id::text, u.resource_ref)`
  const rows = await ctx.db.$queryRaw<Raw[]>`
    select ${key} as key, c.currency, sum(c.amount)::text as amount
    from contracts k
    join charges c on c.tenant_id = k.tenant_id and c.contract_id = k.id and ${isOfMonth(monthStart)}
    left join subscriptions s on s.tenant_id = c.tenant_id and s.id = c.subscription_id
    left join usage_records u on u.tenant_id = c.tenant_id and u.id = c.usage_record_id
    where k.tenant_id = ${ctx.tenantId}::uuid
    group by 1, c.currency order by 2, 1 limit ${rowsAtMost}`
  return toRows(rows)
}

/** This tenant's own key for each key of the buy side: its product for the parent's, its payer for a subscription or a resource. */
export async function ownKeys(ctx: TenantContext, monthStart: string, by: MarginView): Promise<ReadonlyMap<string, string>> {
  const rows =
    by === 'product'
      ? await ctx.db.$queryRaw<{ theirs: string; own: string }[]>`
          select parent_product_id::text as theirs, product_id::text as own from parent_offers
          where tenant_id = ${ctx.tenantId}::uuid and product_id is not null limit ${rowsAtMost}`
      : await ctx.db.$queryRaw<{ theirs: string; own: string }[]>`
          select s.id::text as theirs, k.account_id::text as own
          from subscriptions s join contracts k on k.tenant_id = s.tenant_id and k.id = s.contract_id
          where s.tenant_id = ${ctx.tenantId}::uuid
          union
          select distinct u.resource_ref, c.payer_account_id::text
          from contracts k
          join charges c on c.tenant_id = k.tenant_id and c.contract_id = k.id and ${isOfMonth(monthStart)}
          join usage_records u on u.tenant_id = c.tenant_id and u.id = c.usage_record_id
          where k.tenant_id = ${ctx.tenantId}::uuid and u.resource_ref is not null`
  return new Map(rows.map(({ theirs, own }) => [theirs, own]))
}
