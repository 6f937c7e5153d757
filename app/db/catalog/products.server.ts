import type { BundleItem, MemberRole } from '#app/domain/catalog/bundle.ts'
import type { PlanPlaces } from '#app/domain/catalog/plan-offering.ts'
import type { ProductKind, ProductState, ProductText } from '#app/domain/catalog/product.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { RateKind } from '#app/domain/tax/tax-rate.ts'
import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/** A product as staff keep it. Name and description by language. */
export type ProductRow = {
  readonly id: string
  readonly code: string
  readonly kind: ProductKind
  readonly productGroup: string | null
  readonly taxKind: RateKind
  readonly name: Readonly<Record<string, string>>
  readonly description: Readonly<Record<string, string>>
  readonly spec: Readonly<Record<string, unknown>>
  readonly status: ProductState
}

const columns = {
  id: true,
  code: true,
  kind: true,
  productGroup: true,
  taxKind: true,
  name: true,
  description: true,
  spec: true,
  status: true,
} as const

/** The product `id`; null when the tenant has none. */
export async function findProduct(ctx: TenantContext, id: string): Promise<ProductRow | null> {
  const row = await ctx.db.product.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, select: columns })
  return row as ProductRow | null
}

export type NewProduct = Omit<ProductRow, 'id'>

/** Adds a product after all others; undefined when its code is taken. */
export async function insertProduct(ctx: TenantContext, product: NewProduct): Promise<string | undefined> {
  const id = newId()
  const last = await ctx.db.product.aggregate({ where: { tenantId: ctx.tenantId }, _max: { position: true } })
  const { name, description, spec, ...facts } = product
  const json = { name: { ...name }, description: { ...description }, spec: { ...spec } as Prisma.InputJsonObject }
  const data = [{ tenantId: ctx.tenantId, id, ...facts, ...json, position: (last._max.position ?? -1) + 1, createdAt: ctx.now }]
  const written = await ctx.db.product.createMany({ data, skipDuplicates: true })
  return written.count === 1 ? id : undefined
}

/** Changes group, tax and terms of a product; what else its spec holds, such as the size of a plan, stays. */
export async function updateProductFacts(
  ctx: TenantContext,
  id: string,
  { productGroup, taxKind, spec }: Pick<ProductRow, 'productGroup' | 'taxKind' | 'spec'>,
): Promise<void> {
  await ctx.db.$executeRaw`
    update products set product_group = ${productGroup}, tax_kind = ${taxKind}, spec = (spec - ${[...termKeys]}::text[]) || ${JSON.stringify(spec)}::jsonb
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}

/** Sets some terms of a product and leaves the others as they are. */
export async function updateProductTerms(
  ctx: TenantContext,
  id: string,
  terms: { readonly reminderDays?: number; readonly pricePolicy?: string } | PlanPlaces,
): Promise<void> {
  await ctx.db.$executeRaw`
    update products set spec = spec || ${JSON.stringify(terms)}::jsonb
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}

/** Parts of a spec that staff write; they are replaced together. */
const termKeys = [
  'meter',
  'unit',
  'quantityStep',
  'termMonths',
  'reminderDays',
  'atTermEnd',
  'pricePolicy',
  'saleUnit',
  'mostUnits',
  'app',
  'trialDays',
  'trialServers',
  'trialVcpus',
  'trialDiskGib',
  'trialTrafficGb',
  'trialUse',
  'availabilityPercent',
  'responseHours',
  'missCreditPercent',
] as const

/** Sets name and description in one language; an empty one is taken away. */
export async function updateProductText(ctx: TenantContext, id: string, language: string, text: ProductText): Promise<void> {
  const change = (words: string) => (words === '' ? '{}' : JSON.stringify({ [language]: words }))
  await ctx.db.$executeRaw`
    update products set name = (name - ${language}::text) || ${change(text.name)}::jsonb,
      description = (description - ${language}::text) || ${change(text.description)}::jsonb
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid`
}

/** Brings a product into a state. */
export async function updateProductState(ctx: TenantContext, id: string, status: ProductState): Promise<void> {
  await ctx.db.product.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { status } })
}

type ItemRow = Omit<BundleItem, 'quantity'> & { readonly quantity: string }

/** What bundles contain: those of `bundleIds` and, as deep as they go, of the bundles inside them; every bundle's without ids. */
export async function readBundleItems(ctx: TenantContext, bundleIds: readonly string[] | null = null): Promise<BundleItem[]> {
  const rows = await ctx.db.$queryRaw<ItemRow[]>`
    with recursive inside as (
      select i.* from bundle_items i
      where i.tenant_id = ${ctx.tenantId}::uuid and (${bundleIds}::uuid[] is null or i.bundle_id = any (${bundleIds}::uuid[]))
      union
      select i.* from inside o join bundle_items i on i.tenant_id = o.tenant_id and i.bundle_id = o.member_id
    )
    select bundle_id as "bundleId", member_id as "memberId", trim_scale(quantity)::text as quantity, role, position
    from inside order by bundle_id, position, member_id`
  return rows.map((row) => ({ ...row, role: row.role as MemberRole, quantity: new Decimal(row.quantity) }))
}

/** Replaces what a bundle contains. */
export async function replaceBundleItems(ctx: TenantContext, bundleId: string, items: readonly BundleItem[]): Promise<void> {
  await ctx.db.bundleItem.deleteMany({ where: { tenantId: ctx.tenantId, bundleId } })
  if (items.length === 0) return
  await ctx.db.$executeRaw`
    insert into bundle_items (tenant_id, id, bundle_id, member_id, quantity, role, position, created_at)
    select ${ctx.tenantId}::uuid, n.id, ${bundleId}::uuid, n.member_id, n.quantity, n.role, n.position, ${ctx.now}
    from unnest(${sqlArray(items, () => newId())}::uuid[], ${sqlArray(items, (item) => item.memberId)}::uuid[],
      ${sqlArray(items, (item) => item.quantity.toFixed())}::numeric[], ${sqlArray(items, (item) => item.role)}::text[],
      ${sqlArray(items, (item) => String(item.position))}::int[]) as n (id, member_id, quantity, role, position)`
}

/** Holds all bundles of the seller until the transaction ends: two changes at once could close a circle. */
export async function lockBundles(ctx: TenantContext): Promise<void> {
  await ctx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`bundles:${ctx.tenantId}`}, 0))`
}
