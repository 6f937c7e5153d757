import { type PriceRuleRow, priceRuleColumns, type StoredPriceRule, toPriceRule } from '#app/db/catalog/catalog.server.ts'
import { readStocks } from '#app/db/catalog/product-stocks.server.ts'
import { findProduct } from '#app/db/catalog/products.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { imagesAsTyped, placesAsTyped } from '#app/domain/catalog/plan-offering.ts'
import { ProductSpec } from '#app/domain/catalog/product-spec.ts'
import { describeModel } from '#app/domain/pricing/models/registry.ts'
import { modelOf } from '#app/domain/pricing/price-rule.ts'
import type { BundleMemberRow, ProductDetail, ProductPrice, TypedPlaces, Words } from './shape.ts'

/** A product with its texts, its prices of today in every book, its members and how many subscriptions have it. */
export async function readProduct(ctx: TenantContext, id: string): Promise<ProductDetail | null> {
  const product = await findProduct(ctx, id)
  if (!product) return null
  const { spec, ...facts } = product
  const { prices, freeMeters } = await pricesOf(ctx, id)
  return {
    ...facts,
    spec: specOf(spec),
    ...(await stockOf(ctx, id, spec)),
    offering: facts.kind === 'plan' && (await makesPlans(ctx)) ? typedPlaces(spec) : null,
    subscribers: await subscribersOf(ctx, id),
    members: await membersOf(ctx, id),
    partOf: await ctx.db.$queryRaw<{ productId: string; name: Words }[]>`
      select p.id as "productId", p.name from bundle_items i join products p on p.tenant_id = i.tenant_id and p.id = i.bundle_id
      where i.tenant_id = ${ctx.tenantId}::uuid and i.member_id = ${id}::uuid order by p.position, p.id limit 50`,
    prices,
    freeMeters,
    others: await ctx.db.$queryRaw<{ productId: string; name: Words; code: string }[]>`
      select id as "productId", name, code from products
      where tenant_id = ${ctx.tenantId}::uuid and id <> ${id}::uuid and status <> 'retired' order by position, code limit 500`,
  }
}

function specOf(spec: Readonly<Record<string, unknown>>): ProductDetail['spec'] {
  const text = (name: string) => (typeof spec[name] === 'string' ? (spec[name] as string) : null)
  const number = (name: string) => (typeof spec[name] === 'number' ? (spec[name] as number) : null)
  return {
    proration: text('proration') ?? 'second',
    meter: text('meter'),
    unit: text('unit'),
    quantityStep: text('quantityStep'),
    termMonths: number('termMonths'),
    reminderDays: number('reminderDays'),
    atTermEnd: text('atTermEnd') ?? 'renews',
    pricePolicy: text('pricePolicy') ?? 'newest',
    saleUnit: text('saleUnit'),
    mostUnits: number('mostUnits'),
    app: text('app'),
    trialDays: number('trialDays'),
    trialServers: number('trialServers'),
    trialVcpus: number('trialVcpus'),
    trialDiskGib: number('trialDiskGib'),
    trialTrafficGb: number('trialTrafficGb'),
    trialUse: text('trialUse') ?? 'again',
    availabilityPercent: text('availabilityPercent'),
    responseHours: number('responseHours'),
    missCreditPercent: text('missCreditPercent'),
    cpuNumber: number('cpuNumber'),
    memoryMib: number('memoryMib'),
    diskGib: number('diskGib'),
  }
}

/** Whether the seller has no parent to take plans over from, and makes them itself. */
export async function makesPlans(ctx: TenantContext): Promise<boolean> {
  return (await ownTenant(ctx))?.parentTenantId === null
}

/** What a new plan begins with, that of the seller's latest plan; null for a seller whose plans come from its parent. */
export async function readPlanPlaces(ctx: TenantContext): Promise<TypedPlaces | null> {
  if (!(await makesPlans(ctx))) return null
  const latest = await ctx.db.product.findFirst({
    where: { tenantId: ctx.tenantId, kind: 'plan' },
    select: { spec: true },
    orderBy: [{ position: 'desc' }, { id: 'desc' }],
  })
  return typedPlaces(latest?.spec)
}

function typedPlaces(spec: unknown): TypedPlaces {
  const size = ProductSpec.safeParse(spec)
  const { locations, images } = size.success ? size.data : { locations: [], images: [] }
  return { locations: placesAsTyped(locations), images: imagesAsTyped(images) }
}

async function stockOf(ctx: TenantContext, id: string, spec: unknown): Promise<Pick<ProductDetail, 'places' | 'limitPerCustomer'>> {
  const { limitPerCustomer } = await ctx.db.product.findUniqueOrThrow({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    select: { limitPerCustomer: true },
  })
  const stocks = await readStocks(ctx, id)
  const size = ProductSpec.safeParse(spec)
  const places = size.success && size.data.locations.length > 0 ? size.data.locations.slice(0, 50) : [{ code: '', city: '' }]
  const leftAt = (code: string) => stocks.find(({ location }) => location === code)?.remaining ?? null
  return { limitPerCustomer, places: places.map(({ code, city }) => ({ code, city, left: leftAt(code) })) }
}

async function subscribersOf(ctx: TenantContext, id: string): Promise<number> {
  const [row] = await ctx.db.$queryRaw<{ count: number }[]>`
    select count(*)::int as count from subscriptions s
    where s.tenant_id = ${ctx.tenantId}::uuid and s.state in ('active', 'paused') and (s.product_id = ${id}::uuid or exists (
      select 1 from subscription_items i where i.tenant_id = s.tenant_id and i.subscription_id = s.id and i.product_id = ${id}::uuid
        and i.starts_at <= ${ctx.now} and (i.ends_at is null or i.ends_at > ${ctx.now})))`
  return row?.count ?? 0
}

async function membersOf(ctx: TenantContext, id: string): Promise<BundleMemberRow[]> {
  return ctx.db.$queryRaw<BundleMemberRow[]>`
    select p.id as "productId", p.name, p.code, i.role, trim_scale(i.quantity)::text as quantity
    from bundle_items i join products p on p.tenant_id = i.tenant_id and p.id = i.member_id
    where i.tenant_id = ${ctx.tenantId}::uuid and i.bundle_id = ${id}::uuid order by i.position, p.id`
}

async function pricesOf(ctx: TenantContext, id: string): Promise<Pick<ProductDetail, 'prices' | 'freeMeters'>> {
  const rows = await ctx.db.$queryRaw<(PriceRuleRow & { book: string; isPublic: boolean })[]>`
    select ${priceRuleColumns}, b.name as book, b.is_public as "isPublic"
    from price_rules r
    join price_versions v on v.tenant_id = r.tenant_id and v.id = r.price_version_id
    join price_books b on b.tenant_id = v.tenant_id and b.id = v.price_book_id
    where r.tenant_id = ${ctx.tenantId}::uuid and r.product_id = ${id}::uuid and v.withdrawn_at is null and v.valid_from <= ${ctx.now}
      and (v.valid_to is null or v.valid_to > ${ctx.now})
    order by not b.is_public, b.name, b.id, array_position(array['setup', 'recurring', 'renewal', 'cancellation', 'usage'], r.fee_kind), r.meter, r.id
    limit 500`
  const all = rows.map(({ book, isPublic, ...row }) => ({ book, isPublic, rule: toPriceRule(row) }))
  const isFree = ({ rule }: (typeof all)[number]) => rule.feeKind === 'usage' && rule.model.kind === 'per-unit' && rule.unitPrice.isZero()
  const priced = all.filter((price) => !isFree(price))
  const charged = new Set(priced.map(({ rule }) => rule.meter))
  const free = new Set(all.filter(isFree).flatMap(({ rule }) => (rule.meter && !charged.has(rule.meter) ? [rule.meter] : [])))
  return { prices: priced.map(shown), freeMeters: [...free].sort() }
}

type PriceOfBook = { readonly rule: StoredPriceRule; readonly book: string; readonly isPublic: boolean }

function shown({ rule, book, isPublic }: PriceOfBook): ProductPrice {
  const { id, feeKind, meter, unit, currency, included, includedScope, rollsOver } = rule
  const description = describeModel(modelOf(rule), { unit, currency })
  return { id, book, isPublic, currency, feeKind, meter, unit, included: included.toFixed(), includedScope, rollsOver, description }
}
