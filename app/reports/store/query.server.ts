import { bookOfBuyer, catalogOfBuyer, listedIn } from '#app/db/buyer-catalog.server.ts'
import { readPriceRules, type StoredPriceRule } from '#app/db/catalog.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readBundleItems } from '#app/db/products.server.ts'
import { readVisitorTax, type VisitorTax } from '#app/db/tax-facts.server.ts'
import { type BundleItem, contentsOf } from '#app/domain/catalog/bundle.ts'
import { ProductSpec } from '#app/domain/catalog/product-spec.ts'
import { quoteProduct } from '#app/domain/catalog/quote-product.ts'
import { one } from '#app/domain/catalog/quoted-fees.ts'
import { isInForce } from '#app/domain/pricing/price-rule.ts'
import type { StoreCatalog, StorePlan } from './shape.ts'

/** What the store offers its visitors: the catalog of its channel, by the public price book of that. Null while the seller has no book. */
export async function readStoreCatalog(ctx: TenantContext, language: string): Promise<StoreCatalog | null> {
  const { tenantId } = ctx
  const catalog = await catalogOfBuyer(ctx)
  const book = await bookOfBuyer(ctx, catalog)
  const tax = book ? await readVisitorTax(ctx, book.id) : undefined
  if (!book || !tax?.ok) return null

  const rules = await readPriceRules(ctx, [book.id])
  const products = await ctx.db.product.findMany({
    where: { tenantId, kind: 'plan', status: 'published' },
    select: { id: true, code: true, position: true, name: true, description: true, spec: true },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    take: 200,
  })
  const offered = (await listedIn(ctx, catalog, products)).map((product) => ({ ...product, spec: ProductSpec.parse(product.spec) }))
  const bundles = await readBundles(ctx, language)
  const facts = { bundles, rules, currency: book.currency, ...tax.value, at: ctx.now, language }
  return {
    currency: book.currency,
    tax: { percent: tax.value.treatment.rate.toFixed(), behaviour: tax.value.behaviour },
    plans: offered.flatMap((product) => toPlan(product, facts)),
    locations: unique(offered.flatMap((product) => product.spec.locations)),
    images: unique(offered.flatMap((product) => product.spec.images)),
  }
}

type Offered = {
  readonly id: string
  readonly code: string
  readonly name: unknown
  readonly description: unknown
  readonly spec: ProductSpec
}
type Facts = VisitorTax & {
  readonly bundles: Bundles
  readonly rules: readonly StoredPriceRule[]
  readonly currency: string
  readonly at: Date
  readonly language: string
}

type Bundles = { readonly items: readonly BundleItem[]; readonly names: ReadonlyMap<string, string> }

/** What every bundle contains, with the names of what is published. */
async function readBundles(ctx: TenantContext, language: string): Promise<Bundles> {
  const items = await readBundleItems(ctx)
  const rows = await ctx.db.product.findMany({
    where: { tenantId: ctx.tenantId, id: { in: [...new Set(items.map(({ memberId }) => memberId))] }, status: 'published' },
    select: { id: true, code: true, name: true },
    orderBy: { id: 'asc' },
    take: 1_000,
  })
  const nameOf = ({ name, code }: { name: unknown; code: string }) => {
    const names = name as Record<string, string>
    return names[language] ?? names.en ?? code
  }
  return { items, names: new Map(rows.map((row) => [row.id, nameOf(row)])) }
}

/** A plan without a price in force is not offered, nor is an option. */
function toPlan(product: Offered, facts: Facts): StorePlan[] {
  const quote = quoteProduct({ ...facts, productId: product.id })
  if (!quote.ok) return []
  const { included, optional } = contentsOf({ productId: product.id, quantity: one, bundleItems: facts.bundles.items })
  const namesOf = (ids: Iterable<string>) => [...ids].flatMap((id) => facts.bundles.names.get(id) ?? [])
  const isPriced = (productId: string) => quoteProduct({ ...facts, productId }).ok
  const names = product.name as Record<string, string>
  const families = product.description as Record<string, string>
  const traffic = facts.rules.find(
    (rule) => rule.productId === product.id && rule.meter === 'traffic.sent' && isInForce(rule, facts.at.getTime()),
  )
  return [
    {
      code: product.code,
      name: names[facts.language] ?? names.en ?? product.code,
      family: families[facts.language] ?? families.en ?? null,
      cpuNumber: product.spec.cpuNumber,
      memoryMib: product.spec.memoryMib,
      diskGib: product.spec.diskGib,
      trafficGb: traffic ? traffic.included.toNumber() : product.spec.trafficGb,
      trafficPricePerGb: traffic?.unitPrice.toFixed() ?? null,
      setup: quote.value.fees.find((fee) => fee.feeKind === 'setup')?.amount ?? null,
      hourly: quote.value.fees.find((fee) => fee.hourly)?.hourly?.toFixed() ?? null,
      monthlyCap: quote.value.behaviour === 'inclusive' ? quote.value.monthlyTotal : quote.value.monthlyNet,
      included: namesOf(included.keys()),
      optional: namesOf([...optional.keys()].filter(isPriced)),
      locations: product.spec.locations.map((location) => location.code),
    },
  ]
}

function unique<T extends { readonly code: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.code, item])).values()]
}
