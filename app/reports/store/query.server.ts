import { bookIn, booksOfBuyer, catalogOfBuyer, listedIn } from '#app/db/catalog/buyer-catalog.server.ts'
import { readPriceRules, type StoredPriceRule } from '#app/db/catalog/catalog.server.ts'
import { readBuyerFacts } from '#app/db/catalog/catalogs.server.ts'
import { isOrderedAlone, isWhole } from '#app/db/catalog/offered-products.server.ts'
import { readStocks, type Stock } from '#app/db/catalog/product-stocks.server.ts'
import { readBundleItems } from '#app/db/catalog/products.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readVisitorTax, type VisitorTax } from '#app/db/documents/tax-facts.server.ts'
import { type BundleItem, contentsOf, itemsOfOrder, type OrderedItem, serverPartOf } from '#app/domain/catalog/bundle.ts'
import { ProductSpec } from '#app/domain/catalog/product-spec.ts'
import { type ProductQuote, quoteProduct } from '#app/domain/catalog/quote-product.ts'
import { one } from '#app/domain/catalog/quoted-fees.ts'
import { saleOf } from '#app/domain/catalog/service-sale.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { Money } from '#app/domain/money/money.ts'
import { isInForce } from '#app/domain/pricing/price-rule.ts'
import type { PriceTax } from '#app/domain/tax/tax-lines.ts'
import { toService } from './services.ts'
import type { StoreBundle, StoreCatalog, StorePlan, StoreService } from './shape.ts'

/** Who reads the store; it shows its usual currency to whoever chose none, or one it does not sell in. */
type StoreReader = {
  readonly language: string
  readonly currency?: string | null
  /** Traffic that a server is expected to send in a month, in GB of 10^9 bytes. */
  readonly trafficGb?: number | null
  /** Of a customer: what its own catalog lists in place of a visitor's. Needs the office's scope. */
  readonly accountId?: string
}

/**
 * What the store offers its visitors, or a customer of it: the catalog of its channel, by the public price book of that in the reader's
 * currency. Null while the seller has no book.
 */
export async function readStoreCatalog(
  ctx: TenantContext,
  { language, currency = null, trafficGb = null, accountId }: StoreReader,
): Promise<StoreCatalog | null> {
  const { tenantId } = ctx
  const catalog = await catalogOfBuyer(ctx, accountId === undefined ? undefined : await readBuyerFacts(ctx, accountId))
  const books = await booksOfBuyer(ctx, catalog)
  const book = bookIn(books, currency)
  const tax = book ? await readVisitorTax(ctx, book.id) : undefined
  if (!book || !tax?.ok) return null

  const rules = await readPriceRules(ctx, [book.id])
  const products = await ctx.db.product.findMany({
    where: { tenantId, kind: { in: ['plan', 'bundle', 'service'] }, status: 'published' },
    select: { id: true, code: true, position: true, kind: true, name: true, description: true, spec: true },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    take: 200,
  })
  const bundles = await readBundles(ctx)
  const stocks = await readStocks(ctx)
  const facts = { bundles, stocks, rules, currency: book.currency, ...tax.value, at: ctx.now, language, trafficGb }
  const listed = (await listedIn(ctx, catalog, products)).filter(isOrderedAlone)
  const offers = listed.flatMap((product) => (product.kind === 'service' ? [] : toOffer(product, facts)))
  const servers = offers.flatMap(({ server }) => server ?? [])
  return {
    currency: book.currency,
    currencies: books.map((each) => each.currency),
    tax: { percent: tax.value.treatment.rate.toFixed(), behaviour: tax.value.behaviour },
    plans: offers.flatMap(({ offer }) => (offer.hasServer ? offer : [])),
    bundles: offers.flatMap(({ offer }) => (offer.hasServer ? [] : offer)),
    services: listed.flatMap((product) => serviceOffer(product, facts)),
    locations: unique(servers.flatMap(({ locations }) => locations)),
    images: unique(servers.flatMap(({ images }) => images)),
  }
}

/** The currencies the store sells in, the usual one first. */
export async function readStoreCurrencies(ctx: TenantContext): Promise<string[]> {
  return (await booksOfBuyer(ctx, await catalogOfBuyer(ctx))).map(({ currency }) => currency)
}

type Listed = {
  readonly id: string
  readonly code: string
  readonly kind: string
  readonly name: unknown
  readonly description: unknown
  readonly spec: unknown
}
type Facts = VisitorTax & {
  readonly bundles: Bundles
  readonly stocks: readonly Stock[]
  readonly rules: readonly StoredPriceRule[]
  readonly currency: string
  readonly at: Date
  readonly language: string
  readonly trafficGb: number | null
}

type Bundles = {
  readonly items: readonly BundleItem[]
  readonly products: ReadonlyMap<string, Listed & { readonly status: string }>
}

/** What every bundle contains, with what of it the store may show: what is published. */
async function readBundles(ctx: TenantContext): Promise<Bundles> {
  const items = await readBundleItems(ctx)
  const rows = await ctx.db.product.findMany({
    where: { tenantId: ctx.tenantId, status: 'published', id: { in: [...new Set(items.map(({ memberId }) => memberId))] } },
    select: { id: true, code: true, kind: true, name: true, description: true, spec: true, status: true },
    orderBy: { id: 'asc' },
    take: 1_000,
  })
  return { items, products: new Map(rows.map((row) => [row.id, row])) }
}

function nameOf({ name, code }: { readonly name: unknown; readonly code: string }, language: string): string {
  const names = name as Record<string, string>
  return names[language] ?? names.en ?? code
}

type Offer = { readonly offer: StorePlan | StoreBundle; readonly server: ProductSpec | null }

/**
 * What a product is offered as: a server, or services alone. Without a price in force it is not offered, nor is an option; nor is a
 * bundle a part of which is not published.
 */
function toOffer(product: Listed, facts: Facts): Offer[] {
  const { bundles, language } = facts
  if (!isWhole({ bundleItems: bundles.items, products: bundles.products }, product.id)) return []
  const content = { productId: product.id, quantity: one, bundleItems: bundles.items }
  const items = itemsOfOrder({ ...content, chosen: [] })
  if (!items.ok) return []
  const quote = quoteProduct({ ...facts, productId: product.id, parts: items.value })
  if (!quote.ok) return []
  const { included, optional } = contentsOf(content)
  const namesOf = (ids: Iterable<string>) =>
    [...ids].flatMap((id) => {
      const part = bundles.products.get(id)
      return part ? nameOf(part, language) : []
    })
  const isPriced = (productId: string) => quoteProduct({ ...facts, productId }).ok
  const offer = {
    code: product.code,
    name: nameOf(product, language),
    setup: quote.value.fees.find((fee) => fee.feeKind === 'setup')?.amount ?? null,
    monthlyCap: quote.value.behaviour === 'inclusive' ? quote.value.monthlyTotal : quote.value.monthlyNet,
    tax: taxOf(product.id, facts),
    included: namesOf(included.keys()),
    optional: namesOf([...optional.keys()].filter(isPriced)),
    usedMonth: monthWithUse(product.id, items.value, facts),
  }
  const planOf = (id: string) => [product, bundles.products.get(id)].find((each) => each?.id === id && each.kind === 'plan')
  const planId = serverPartOf(items.value, (id) => planOf(id) !== undefined)
  const plan = planId === null ? undefined : planOf(planId)
  if (!plan) return [{ offer: { ...offer, hasServer: false, description: wordsOf(product.description, language) }, server: null }]
  const server = ProductSpec.parse(plan.spec)
  return [{ offer: { ...offer, ...toServer({ server, ids: [product.id, plan.id], quote: quote.value, plan }, facts) }, server }]
}

function taxOf(productId: string, { treatments, treatment, behaviour }: Pick<Facts, 'treatments' | 'treatment' | 'behaviour'>): PriceTax {
  return { percent: (treatments.get(productId) ?? treatment).rate.toFixed(), behaviour }
}

/** A service that is ordered by itself; nothing for any other product, and for one a part of which is not published. */
function serviceOffer(product: Listed, { trafficGb: _traffic, stocks: _stocks, bundles, language, ...facts }: Facts): StoreService[] {
  const sale = saleOf(product)
  if (!sale || !isWhole({ bundleItems: bundles.items, products: bundles.products }, product.id)) return []
  const nameOfPart = (id: string) => {
    const part = bundles.products.get(id)
    return part ? nameOf(part, language) : null
  }
  return toService({
    ...facts,
    productId: product.id,
    sale,
    bundleItems: bundles.items,
    nameOf: nameOfPart,
    tax: taxOf(product.id, facts),
    texts: { code: product.code, name: nameOf(product, language), description: wordsOf(product.description, language) },
  })
}

/** The most a month costs with the traffic that is expected, by the function that bills it; null when none was stated. */
function monthWithUse(productId: string, parts: readonly OrderedItem[], facts: Facts): Money | null {
  if (facts.trafficGb === null) return null
  const usage = [{ meter: 'traffic.sent', quantity: new Decimal(facts.trafficGb) }]
  const quote = quoteProduct({ ...facts, productId, parts, usage })
  if (!quote.ok) return null
  return quote.value.behaviour === 'inclusive' ? quote.value.monthlyTotal : quote.value.monthlyNet
}

type ServerOffer = {
  readonly server: ProductSpec
  /** The product and the plan in it. */
  readonly ids: readonly string[]
  readonly quote: ProductQuote
  readonly plan: Listed
}

function toServer({ server, ids, quote, plan }: ServerOffer, { rules, stocks, at, language }: Facts) {
  const traffic = rules.find(
    (rule) => rule.productId !== null && ids.includes(rule.productId) && rule.meter === 'traffic.sent' && isInForce(rule, at.getTime()),
  )
  return {
    hasServer: true as const,
    family: wordsOf(plan.description, language),
    cpuNumber: server.cpuNumber,
    memoryMib: server.memoryMib,
    diskGib: server.diskGib,
    trafficGb: traffic ? traffic.included.toNumber() : server.trafficGb,
    trafficPricePerGb: traffic?.unitPrice.toFixed() ?? null,
    hourly: quote.fees.find((fee) => fee.hourly)?.hourly?.toFixed() ?? null,
    locations: server.locations.map((location) => location.code),
    left: Object.fromEntries(
      stocks.filter(({ productId }) => productId === plan.id).map(({ location, remaining }) => [location, remaining]),
    ),
  }
}

function wordsOf(texts: unknown, language: string): string | null {
  const words = texts as Record<string, string>
  return words[language] ?? words.en ?? null
}

function unique<T extends { readonly code: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.code, item])).values()]
}
