import type { TenantContext } from '#app/db/context.server.ts'
import { offsetOf, pageSize } from '../paging.ts'
import type { ExchangeRateFilter, ExchangeRateList, ExchangeRateRow } from './shape.ts'

/** Exchange rates of the seller, newest day first; of each pair the one that counts on `today` is marked. */
export async function listExchangeRates(
  ctx: TenantContext,
  filter: ExchangeRateFilter & { readonly today: string },
): Promise<ExchangeRateList> {
  const { currency = null, today } = filter
  const rows = await ctx.db.$queryRaw<(ExchangeRateRow & { total: number })[]>`
    with own as (
      select e.id, e.base, e.quote, e.rate, e.source, e.rate_date, e.entered_by, e.created_at,
        first_value(e.id) over (partition by e.base, e.quote order by e.rate_date > ${today}::date, e.rate_date desc,
          e.entered_by like 'import:%', e.created_at desc, e.id desc) = e.id and e.rate_date <= ${today}::date as in_force
      from exchange_rates e where e.tenant_id = ${ctx.tenantId}::uuid)
    select o.id, o.base, o.quote, trim_scale(o.rate)::text as rate, o.source, o.rate_date::text as date, o.in_force as "isInForce",
      case when o.entered_by like 'import:%' then null else coalesce(u.name, o.entered_by) end as "enteredBy", count(*) over ()::int as total
    from own o left join users u on u.tenant_id = ${ctx.tenantId}::uuid and u.id::text = o.entered_by
    where ${currency}::text is null or ${currency} in (o.base, o.quote)
    order by o.rate_date desc, o.base, o.quote, o.in_force desc, o.created_at desc, o.id
    limit ${pageSize} offset ${offsetOf(filter.page)}`
  const currencies = await ctx.db.$queryRaw<{ currency: string }[]>`
    select distinct c.currency from exchange_rates e cross join lateral (values (e.base), (e.quote)) as c (currency)
    where e.tenant_id = ${ctx.tenantId}::uuid order by c.currency`
  return {
    rows: rows.map(({ total: _, ...row }) => row),
    total: rows[0]?.total ?? 0,
    page: filter.page,
    pageSize,
    currencies: currencies.map((row) => row.currency),
  }
}
