import type { TenantContext } from '#app/db/context.server.ts'
import { shippedRates } from '#app/domain/tax/rate-table.ts'
import { rateKinds } from '#app/domain/tax/tax-rate.ts'
import { isInForceOn } from '#app/domain/tax/tax-status.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import type { TaxedBook, TaxRateRow, TaxRegistrationRow, TaxSchemeRow } from './shape.ts'

/** The rates of a country and its regions, the seller's own and those that ship, those in force first, the standard rate before reduced ones. */
export async function listTaxRates(
  ctx: TenantContext,
  { country, today }: { readonly country: string; readonly today: LocalDate },
): Promise<TaxRateRow[]> {
  const own = await ctx.db.$queryRaw<Omit<TaxRateRow, 'isInForce'>[]>`
    select id, country, kind, trim_scale(percent)::text as percent, valid_from::text as from, valid_to::text as to, source
    from tax_rates
    where tenant_id = ${ctx.tenantId}::uuid and withdrawn_at is null and (country = ${country} or country like ${`${country}-%`})
    order by valid_from desc, created_at desc, id desc
    limit 500`
  const shipped = shippedRates
    .filter((rate) => rate.country === country || rate.country.startsWith(`${country}-`))
    .map((rate) => ({ ...rate, id: null, source: null }))
  const counts = new Set<string>()
  return [...own, ...shipped]
    .map((rate) => {
      const key = `${rate.country} ${rate.kind}`
      const isInForce = isInForceOn(rate, today) && !counts.has(key)
      if (isInForce) counts.add(key)
      return { ...rate, isInForce }
    })
    .sort(
      (a, b) =>
        Number(b.isInForce) - Number(a.isInForce) || rateKinds.indexOf(a.kind) - rateKinds.indexOf(b.kind) || (a.from < b.from ? 1 : -1),
    )
}

/** Countries with rates, and what the seller calls the taxes of others. */
export async function listTaxCountries(ctx: TenantContext): Promise<{ countries: string[]; schemes: TaxSchemeRow[] }> {
  const { tenantId } = ctx
  const own = await ctx.db.taxRate.findMany({
    where: { tenantId },
    select: { country: true },
    distinct: ['country'],
    orderBy: { country: 'asc' },
    take: 300,
  })
  const schemes = await ctx.db.taxScheme.findMany({
    where: { tenantId },
    select: { country: true, taxName: true, idName: true },
    orderBy: { country: 'asc' },
    take: 300,
  })
  const codes = [...shippedRates, ...own].map((rate) => rate.country.slice(0, 2)).filter((code) => code !== 'FR-DOM')
  return { countries: [...new Set(codes)].sort(), schemes }
}

/** Registrations and schemes of the seller, newest first. */
export function listRegistrations(ctx: TenantContext): Promise<TaxRegistrationRow[]> {
  return ctx.db.$queryRaw<TaxRegistrationRow[]>`
    select id, kind, country::text as country, number, valid_from::text as from, valid_to::text as to from tax_registrations
    where tenant_id = ${ctx.tenantId}::uuid order by valid_from desc, id desc limit 200`
}

/** The seller's price books, and whether their prices include tax. */
export function listTaxedBooks(ctx: TenantContext): Promise<TaxedBook[]> {
  return ctx.db.$queryRaw<TaxedBook[]>`
    select b.id, b.name, b.currency::text as currency, b.tax_behaviour as behaviour, exists (
      select 1 from charges c join price_versions v on v.tenant_id = c.tenant_id and v.id = c.price_version_id
      where c.tenant_id = b.tenant_id and v.price_book_id = b.id) as "isInUse"
    from price_books b where b.tenant_id = ${ctx.tenantId}::uuid
    order by b.is_public desc, b.name, b.id limit 200`
}
