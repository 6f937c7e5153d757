import { audit } from '#app/db/audit.server.ts'
import { insertCatalogBook, readCatalogBooks } from '#app/db/catalog/catalog-prices.server.ts'
import type { NewPriceRule } from '#app/db/catalog/price-rules.server.ts'
import { readVersionRules, readVersions, type VersionRule } from '#app/db/catalog/price-versions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { isCurrency } from '#app/domain/money/currency.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { UsedRate } from '#app/domain/money/exchange.ts'
import { shiftFigures } from '#app/domain/pricing/price-change/change-rule.ts'
import type { PriceRounding } from '#app/domain/pricing/price-change/round-price.ts'
import { versionAt } from '#app/domain/pricing/version.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'
import { findExchangeRate } from '../exchange-rates/convert-money.server.ts'
import { toPlanRule } from '../pricing/to-plan-rule.ts'
import { bookNames, type TakeOverError, takeOverPrices } from './take-over-prices.server.ts'

/** A book to begin from, and by how many percent its prices move; below zero they fall. */
export type BookOrigin = { readonly priceBookId: string; readonly percent: Decimal; readonly rounding: PriceRounding }

export type MakeCatalogBookInput = {
  readonly catalogId: string
  readonly currency: string
  /** Null: an empty book, whose prices are typed in later. */
  readonly origin: BookOrigin | null
  /** The first instant of its prices, and the day of it where the seller is. */
  readonly validFrom: Date
  readonly day: LocalDate
}
export type MakeCatalogBookError =
  | 'catalog-not-found'
  | 'reference-catalog'
  | 'unknown-currency'
  | 'book-exists'
  | 'book-not-found'
  | 'no-prices'
  | 'no-rate'
  | 'percent-out-of-range'
  | 'starts-in-the-past'
  | TakeOverError

/**
 * Gives a channel's catalog prices of its own in one currency: an empty book, or every price another book has at the start,
 * moved by a percentage, and converted at the newest known rate of that day when the currencies differ. Whoever sees the
 * catalog is priced by it from the start on; until then nothing of it is seen. A catalog has one book in a currency.
 */
export async function makeCatalogBook(
  ctx: TenantContext,
  input: MakeCatalogBookInput,
): Promise<Result<{ readonly priceBookId: string }, MakeCatalogBookError>> {
  const { catalogId, currency, origin, validFrom } = input
  const catalog = await ctx.db.catalog.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: catalogId } },
    select: { code: true, name: true, isReference: true },
  })
  if (!catalog) return err('catalog-not-found')
  if (catalog.isReference) return err('reference-catalog')
  if (!isCurrency(currency)) return err('unknown-currency')
  if ((await readCatalogBooks(ctx)).some((book) => book.catalogId === catalogId && book.currency === currency)) return err('book-exists')
  if (validFrom < ctx.now) return err('starts-in-the-past')

  const made = origin
    ? await copyPrices(ctx, { ...input, origin })
    : await openEmpty(ctx, { catalogId, currency, ...bookNames(catalog, currency) })
  if (!made.ok) return made
  const { priceBookId } = made.value
  const detail = { catalogId, currency, from: origin?.priceBookId ?? null, percent: origin?.percent.toFixed() ?? null }
  await audit(ctx, { action: 'catalog-book.made', subjectKind: 'price-book', subjectId: priceBookId, detail })
  return made
}

type Made = Result<{ readonly priceBookId: string }, MakeCatalogBookError>

async function openEmpty(ctx: TenantContext, book: Parameters<typeof insertCatalogBook>[1]): Promise<Made> {
  const priceBookId = await insertCatalogBook(ctx, book)
  return priceBookId ? ok({ priceBookId }) : err('book-exists')
}

async function copyPrices(ctx: TenantContext, { origin, ...input }: MakeCatalogBookInput & { origin: BookOrigin }): Promise<Made> {
  const { catalogId, currency, validFrom, day } = input
  if (origin.percent.lte(-100)) return err('percent-out-of-range')
  const source = await ctx.db.priceBook.findFirst({
    where: { tenantId: ctx.tenantId, id: origin.priceBookId, partnerLevelId: null },
    select: { id: true, name: true, currency: true },
  })
  if (!source) return err('book-not-found')
  const standing = (await readVersions(ctx, [source.id])).filter(({ isWithdrawn }) => !isWithdrawn)
  const version = versionAt(standing, validFrom)
  const rules = version ? await readVersionRules(ctx, [version.id]) : []
  if (rules.length === 0) return err('no-prices')
  const rate =
    source.currency === currency
      ? null
      : await findExchangeRate(ctx, { base: source.currency, quote: currency, on: day, derive: { over: 'EUR' } })
  if (rate && !rate.ok) return rate

  const prices = rules.map((rule) => movedPrice(rule, { ...origin, currency, rate: rate?.value ?? null }))
  return takeOverPrices(ctx, { catalogId, currency, prices, validFrom, note: source.name })
}

type Move = Omit<BookOrigin, 'priceBookId'> & { readonly currency: string; readonly rate: UsedRate | null }

/** A price of the other book in the new one's currency, then moved and rounded. It keeps the rate it was made with. */
function movedPrice(rule: VersionRule, { percent, rounding, currency, rate }: Move): NewPriceRule {
  const plain = toPlanRule(rule)
  const toPercent = rate ? rate.rate.times(100).minus(100) : new Decimal(0)
  const converted = shiftFigures(plain, { shift: { method: 'percent', percent: toPercent }, rounding: 'none', currency })
  const moved = shiftFigures({ ...plain, ...converted }, { shift: { method: 'percent', percent }, rounding, currency })
  const exchange = rate && { from: rate.base, rate: rate.rate.toFixed(), source: rate.source, date: rate.date }
  return { ...plain, ...moved, basis: exchange ? { exchange } : null }
}
