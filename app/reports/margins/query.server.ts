import { openPriceDesk, type PriceDesk, sourceOf } from '#app/db/catalog/price-desk.server.ts'
import type { VersionRule } from '#app/db/catalog/price-versions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { checkSellPrice, marginOf, priceWithoutTax } from '#app/domain/pricing/markup/check-sell-price.ts'
import { type MarkupRule, pickMarkup } from '#app/domain/pricing/markup/markup-rule.ts'
import type { FeeIdentity } from '#app/domain/pricing/markup/offered-fee.ts'
import { type PriceSource, planSellPrice } from '#app/domain/pricing/markup/plan-sell-prices.ts'
import { rateBetween } from '#app/domain/pricing/markup/sell-fee.ts'
import type { MarginBook, MarginGrid, MarginLine, MarginRow, MarkupRow } from './shape.ts'

export type MarginFilter = {
  readonly priceBookId: string
  /** Books that stand beside it. */
  readonly besideIds: readonly string[]
  readonly at: Date
  readonly search: string | null
  readonly page: number
}

const pageSize = 50

/** The books that are sold by: those of the store, of catalogs and of contracts. Buy lists of partner levels follow the list by themselves. */
export async function listSellBooks(ctx: TenantContext): Promise<MarginBook[]> {
  return ctx.db.priceBook.findMany({
    where: { tenantId: ctx.tenantId, partnerLevelId: null },
    select: { id: true, name: true, currency: true },
    orderBy: [{ isPublic: 'desc' }, { createdAt: 'asc' }, { code: 'asc' }],
    take: 200,
  })
}

/** The currency the parent charges in; null without a parent's offer. */
export async function buyCurrencyOf(ctx: TenantContext): Promise<string | null> {
  const offer = await ctx.db.parentOffer.findFirst({ where: { tenantId: ctx.tenantId }, select: { currency: true } })
  return offer?.currency ?? null
}

/**
 * Buy price, mark-up, sell price and margin of every price of a book, and of the same prices in the books beside it, as of an
 * instant. Null when the tenant has no such book.
 */
export async function readMarginGrid(ctx: TenantContext, filter: MarginFilter): Promise<MarginGrid | null> {
  const sides: BookRows[] = []
  for (const priceBookId of [filter.priceBookId, ...filter.besideIds]) {
    const side = await readMarginRows(ctx, { priceBookId, at: filter.at })
    if (!side) return null
    sides.push(side)
  }
  const [main] = sides
  if (!main) return null
  const { desk } = main
  const wanted = linesOf(sides).filter((line) => isWanted(line, filter))
  return {
    book: desk.book,
    books: sides.map((side) => side.desk.book),
    buyCurrency: desk.buyCurrency,
    lines: wanted.slice((filter.page - 1) * pageSize, filter.page * pageSize),
    total: wanted.length,
    page: filter.page,
    pageSize,
    rules: desk.markupRules.map((rule) => markupRow(desk, rule)),
    products: [...desk.products.values()].map(({ id, code }) => ({ id, code })),
    groups: [...new Set([...desk.products.values()].flatMap(({ productGroup }) => productGroup ?? []))].sort(),
  }
}

/** The prices of all sides, in the order of one book. */
function linesOf(sides: readonly BookRows[]): MarginLine[] {
  const byKey = sides.map(({ rows }) => new Map(rows.map((row) => [row.key, row])))
  const all = new Map(sides.flatMap(({ rows }) => rows.map((row) => [row.key, row])))
  const order = orderOf(sides[0]?.desk)
  return [...all.values()].sort(order).map(({ key, productCode, product, feeKind, meter, match }) => {
    const prices = byKey.map((rows) => rows.get(key) ?? null)
    return { key, productCode, product, feeKind, meter, match, prices }
  })
}

/** By product as the seller orders them, the rate card last, then by fee. */
function orderOf(desk: PriceDesk | undefined) {
  const order = new Map([...(desk?.products.keys() ?? [])].map((id, index) => [id, index]))
  const place = ({ productId }: MarginRow) => (productId === null ? order.size : (order.get(productId) ?? order.size))
  return (a: MarginRow, b: MarginRow) => place(a) - place(b) || (a.key < b.key ? -1 : 1)
}

type BookRows = { readonly desk: PriceDesk; readonly rows: readonly MarginRow[] }

/** The same as one list, for files. */
export async function readMarginRows(
  ctx: TenantContext,
  { priceBookId, at }: Pick<MarginFilter, 'priceBookId' | 'at'>,
): Promise<BookRows | null> {
  // A price that begins at this very instant counts: what stands is what was in force just before.
  const desk = await openPriceDesk(ctx, { priceBookId, at: new Date(at.getTime() + 1) })
  if (!desk.ok) return null
  const lines = new Map<string, { productId: string | null; fee: FeeIdentity & { unit: string } }>()
  for (const [key, { fee, offer }] of desk.value.bought) lines.set(key, { productId: offer.productId, fee })
  for (const [key, rule] of desk.value.standing) lines.set(key, { productId: rule.productId, fee: rule })
  const rows = [...lines].map(([key, line]) => marginRow(desk.value, key, line))
  return { desk: desk.value, rows: rows.sort(orderOf(desk.value)) }
}

/** What costs nothing and brings nothing is left out. */
function isWanted({ prices, ...line }: MarginLine, { search }: MarginFilter): boolean {
  const isFree = (row: MarginRow | null) => !row || ((row.sell === null || row.sell === '0') && (row.buy === null || row.buy.price === '0'))
  if (prices.every(isFree)) return false
  if (!search) return true
  const words = [line.productCode ?? '', line.meter ?? '', ...Object.values(line.product ?? {})].join(' ').toLowerCase()
  return words.includes(search.toLowerCase())
}

/** A price of the book without the tax that it includes. */
type Line = { readonly productId: string | null; readonly fee: FeeIdentity & { readonly unit: string } }

function marginRow(desk: PriceDesk, key: string, { productId, fee }: Line): MarginRow {
  const source = sourceOf(desk, productId, fee)
  const standing = desk.standing.get(key)
  const rule = pickMarkup(source.rules, source.subject)
  const rate = rateOf(source, rule)
  const byRule = planSellPrice({ productId, fee, pricing: { method: 'rules' } }, source, true)
  return {
    key,
    ...namesOf(desk, productId),
    feeKind: fee.feeKind,
    meter: fee.meter,
    match: matchText(fee),
    unit: fee.unit,
    currency: desk.book.currency,
    ...buySide(source, rate, rule),
    markup: rule ? { method: rule.method, rate: textOf(rule.rate), amount: textOf(rule.amount), rounding: rule.rounding } : null,
    byRule: byRule.ok ? byRule.value.figures.unitPrice.toFixed() : null,
    ...sellSide(source, { standing, rate }),
    ...limits(source, { standing, rate, floor: rule?.floor ?? null }),
  }
}

function namesOf(desk: PriceDesk, productId: string | null): Pick<MarginRow, 'productId' | 'productCode' | 'product'> {
  const product = productId === null ? undefined : desk.products.get(productId)
  return { productId, productCode: product?.code ?? null, product: (product?.name as Record<string, string> | undefined) ?? null }
}

/** The dimensions of a price as one text, the same for the same dimensions. */
export function matchText({ match }: Pick<FeeIdentity, 'match'>): string {
  const parts = Object.entries(match).map(([name, value]) => `${name}=${typeof value === 'string' ? value : value.join('|')}`)
  return parts.sort().join(' ')
}

function rateOf({ buyCurrency, sellCurrency }: PriceSource, rule: MarkupRule | undefined): Decimal | undefined {
  return buyCurrency === null ? undefined : rateBetween({ exchange: rule?.exchange ?? null }, { buyCurrency, sellCurrency })
}

function buySide(
  { buy, buyCurrency, sellCurrency }: PriceSource,
  rate: Decimal | undefined,
  rule: MarkupRule | undefined,
): Pick<MarginRow, 'buy' | 'bought' | 'exchange'> {
  if (!buy || !buyCurrency) return { buy: null, bought: null, exchange: null }
  return {
    buy: { price: buy.unitPrice.toFixed(), cap: textOf(buy.cap), currency: buyCurrency, since: buy.validFrom },
    bought: rate ? buy.unitPrice.times(rate).toFixed() : null,
    exchange: buyCurrency !== sellCurrency && rule?.exchange ? exchangeText(rule.exchange) : null,
  }
}

type Standing = { readonly standing: VersionRule | undefined; readonly rate: Decimal | undefined }

function sellSide(
  { buy, taxPercent }: PriceSource,
  { standing, rate }: Standing,
): Pick<MarginRow, 'isByHand' | 'sell' | 'cap' | 'margin' | 'isTiered'> {
  const margin =
    standing && buy && rate ? marginOf(priceWithoutTax(standing.unitPrice, taxPercent ?? new Decimal(0)), buy.unitPrice.times(rate)) : null
  return {
    isByHand: isByHand(standing),
    sell: textOf(standing?.unitPrice ?? null),
    cap: textOf(standing?.cap ?? null),
    margin: margin && { amount: margin.amount.toFixed(), percent: textOf(margin.percent) },
    isTiered: ((standing?.model ?? buy?.model)?.kind ?? 'per-unit') !== 'per-unit',
  }
}

type Limits = Standing & { readonly floor: Decimal | null }

function limits(source: PriceSource, { standing, rate, floor }: Limits): Pick<MarginRow, 'range' | 'problems' | 'floor'> {
  const inBook = (price: Decimal | null) => (price && rate ? price.times(rate) : null)
  const range = { floor: inBook(source.range.floor), ceiling: inBook(source.range.ceiling) }
  const bought = source.buy && rate ? { unitPrice: source.buy.unitPrice.times(rate), cap: inBook(source.buy.cap) } : null
  const problems = standing ? checkSellPrice({ sell: standing, bought, floor, range, taxPercent: source.taxPercent }) : []
  return { floor: textOf(floor), range: { floor: textOf(range.floor), ceiling: textOf(range.ceiling) }, problems }
}

function isByHand(standing: VersionRule | undefined): boolean {
  return (standing?.basis as { markup?: { method?: string } } | null | undefined)?.markup?.method === 'own'
}

function textOf(value: Decimal | null): string | null {
  return value?.toFixed() ?? null
}

function exchangeText({ rate, source, date }: NonNullable<MarkupRule['exchange']>) {
  return { rate: rate.toFixed(), source, date }
}

function markupRow(desk: PriceDesk, rule: MarkupRule): MarkupRow {
  const { id, productId, productGroup, feeKind, method, rate, amount, rounding, floor, exchange } = rule
  return {
    id,
    productCode: productId ? (desk.products.get(productId)?.code ?? null) : null,
    productGroup,
    feeKind,
    method,
    rate: textOf(rate),
    amount: textOf(amount),
    rounding,
    floor: textOf(floor),
    exchange: exchange && exchangeText(exchange),
  }
}
