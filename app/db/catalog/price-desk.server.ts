import { Decimal } from '#app/domain/money/decimal.ts'
import type { MarkupRule } from '#app/domain/pricing/markup/markup-rule.ts'
import { type FeeIdentity, feeKeyOf, feesAt, type OfferedFee } from '#app/domain/pricing/markup/offered-fee.ts'
import type { PriceSource } from '#app/domain/pricing/markup/plan-sell-prices.ts'
import { versionAt } from '#app/domain/pricing/version.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { TenantContext } from '../context.server.ts'
import { readVisitorTax } from '../documents/tax-facts.server.ts'
import { readMarkupRules } from './markup.server.ts'
import { type ParentOfferRow, readParentOffers } from './parent-offers.server.ts'
import { type PriceVersionRow, readVersionRules, readVersions, type VersionRule } from './price-versions.server.ts'

/** The code of the offer that holds the prices of use outside any plan. */
export const rateCardCode = 'rate-card'

export type DeskBook = { readonly id: string; readonly name: string; readonly currency: string; readonly isPublic: boolean }
export type DeskProduct = { readonly id: string; readonly code: string; readonly name: unknown; readonly productGroup: string | null }

/** Everything a seller needs to price one book from a date on: what it pays, what it asks now, and by which rules. */
export type PriceDesk = {
  readonly book: DeskBook
  readonly at: Date
  readonly versions: readonly PriceVersionRow[]
  /** The version in force just before; undefined in an empty book. */
  readonly former: PriceVersionRow | undefined
  readonly products: ReadonlyMap<string, DeskProduct>
  readonly offers: readonly ParentOfferRow[]
  readonly buyCurrency: string | null
  readonly markupRules: readonly MarkupRule[]
  /** Prices of the version before, by `lineKey`. */
  readonly standing: ReadonlyMap<string, VersionRule>
  /** Buy prices in force at the date, by `lineKey`, with their offer. */
  readonly bought: ReadonlyMap<string, { readonly fee: OfferedFee; readonly offer: ParentOfferRow }>
  /** The tax that the book's prices of a product contain, in percent of the net: a private buyer's of the seller's own country. Zero where they are net. */
  readonly taxIn: (productId: string | null) => Decimal
}

/** What tells the prices of a book apart: the product, none for the rate card, and the fee. */
export function lineKey(productId: string | null, fee: FeeIdentity): string {
  return `${productId ?? ''}|${feeKeyOf(fee)}`
}

/** Lays out what prices of a book from `at` on depend on. `lock` keeps others from publishing into the book meanwhile. */
export async function openPriceDesk(
  ctx: TenantContext,
  { priceBookId, at, lock = false }: { readonly priceBookId: string; readonly at: Date; readonly lock?: boolean },
): Promise<Result<PriceDesk, 'book-not-found'>> {
  const { tenantId } = ctx
  const book = await ctx.db.priceBook.findUnique({
    where: { tenantId_id: { tenantId, id: priceBookId } },
    select: { id: true, name: true, currency: true, isPublic: true },
  })
  if (!book) return err('book-not-found')
  const versions = await readVersions(ctx, [priceBookId], { lock })
  const former = versionAt(
    versions.filter((version) => !version.isWithdrawn),
    new Date(at.getTime() - 1),
  )
  const rules = former ? await readVersionRules(ctx, [former.id]) : []
  const products = await ctx.db.product.findMany({
    where: { tenantId },
    select: { id: true, code: true, name: true, productGroup: true },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    take: 10_000,
  })
  const offers = await readParentOffers(ctx)
  const buyCurrency = offers[0]?.currency ?? null
  const markupRules = await readMarkupRules(ctx, priceBookId, buyCurrency)
  return ok({
    book,
    at,
    versions,
    former,
    products: new Map(products.map((product) => [product.id, product])),
    offers,
    buyCurrency,
    markupRules,
    standing: new Map(rules.map((rule) => [lineKey(rule.productId, rule), rule])),
    bought: boughtAt(offers, at),
    taxIn: await taxIn(ctx, priceBookId),
  })
}

async function taxIn(ctx: TenantContext, priceBookId: string): Promise<PriceDesk['taxIn']> {
  const tax = await readVisitorTax(ctx, priceBookId)
  if (!tax.ok || tax.value.behaviour === 'exclusive') return () => new Decimal(0)
  const { treatment, treatments } = tax.value
  return (productId) => ((productId ? treatments.get(productId) : undefined) ?? treatment).rate
}

/** Whether an offer is the parent's rate card: prices of use outside any plan. */
export function isRateCard({ code, spec }: Pick<ParentOfferRow, 'code' | 'spec'>): boolean {
  return code === rateCardCode && Object.keys(spec as object).length === 0
}

function boughtAt(offers: readonly ParentOfferRow[], at: Date): PriceDesk['bought'] {
  return new Map(
    offers
      .filter((offer) => offer.productId !== null || isRateCard(offer))
      .flatMap((offer) => feesAt(offer.fees, at).map((fee) => [lineKey(offer.productId, fee), { fee, offer }] as const)),
  )
}

/** What the price of one line is made of. */
export function sourceOf(desk: PriceDesk, productId: string | null, fee: FeeIdentity): PriceSource {
  const bought = desk.bought.get(lineKey(productId, fee))
  const product = productId === null ? undefined : desk.products.get(productId)
  return {
    subject: { productId, productGroup: product?.productGroup ?? null, feeKind: fee.feeKind },
    buy: bought?.fee ?? null,
    buyCurrency: bought ? bought.offer.currency : null,
    sellCurrency: desk.book.currency,
    range: { floor: bought?.offer.priceFloor ?? null, ceiling: bought?.offer.priceCeiling ?? null },
    rules: desk.markupRules,
    taxPercent: desk.taxIn(productId),
  }
}
