import { Decimal } from '#app/domain/money/decimal.ts'
import type { ExchangeRate } from '#app/domain/money/exchange.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/**
 * The rates that can answer a question about `currencies` on `on`: of each pair among them the newest day on or before it,
 * with the one that counts on that day first. Of one day a rate that a person typed in comes before an imported one, and of
 * those the last one.
 */
export async function readExchangeRates(ctx: TenantContext, currencies: readonly string[], on: LocalDate): Promise<ExchangeRate[]> {
  const rows = await ctx.db.$queryRaw<(Omit<ExchangeRate, 'rate'> & { rate: string })[]>`
    select distinct on (base, quote) base, quote, trim_scale(rate)::text as rate, source, rate_date::text as date
    from exchange_rates
    where tenant_id = ${ctx.tenantId}::uuid and base = any (${currencies}::text[]) and quote = any (${currencies}::text[])
      and rate_date <= ${on}::date
    order by base, quote, rate_date desc, entered_by like 'import:%', created_at desc, id desc`
  return rows.map((row) => ({ ...row, rate: new Decimal(row.rate) }))
}

/** Who a rate comes from: an import of `source`, or a person by id. Imports give way to people. */
export function importedBy(source: string): string {
  return `import:${source}`
}

/**
 * Adds rates; nothing is ever changed or removed. One that stands already, with the same value, day and source, is passed
 * over. Returns how many are new.
 */
export async function insertExchangeRates(ctx: TenantContext, rates: readonly ExchangeRate[], enteredBy: string): Promise<number> {
  if (rates.length === 0) return 0
  return ctx.db.$executeRaw`
    insert into exchange_rates (tenant_id, id, base, quote, rate, source, rate_date, entered_by, created_at)
    select ${ctx.tenantId}::uuid, n.id, n.base, n.quote, n.rate, n.source, n.rate_date, ${enteredBy}, ${ctx.now}
    from unnest(${sqlArray(rates, () => newId())}::uuid[], ${sqlArray(rates, (rate) => rate.base)}::text[],
      ${sqlArray(rates, (rate) => rate.quote)}::text[], ${sqlArray(rates, (rate) => rate.rate.toFixed())}::numeric[],
      ${sqlArray(rates, (rate) => rate.source)}::text[], ${sqlArray(rates, (rate) => rate.date)}::date[])
      as n (id, base, quote, rate, source, rate_date)
    where not exists (select 1 from exchange_rates e
      where e.tenant_id = ${ctx.tenantId}::uuid and e.base = n.base and e.quote = n.quote and e.rate_date = n.rate_date
        and e.source = n.source and e.rate = n.rate and e.entered_by = ${enteredBy})`
}
