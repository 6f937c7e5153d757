import { type BundleItem, contentsOf } from '#app/domain/catalog/bundle.ts'
import { one } from '#app/domain/catalog/quoted-fees.ts'
import { type ServiceSale, saleOf } from '#app/domain/catalog/service-sale.ts'
import type { ProrationPolicy } from '#app/domain/proration/prorate.ts'
import type { TenantContext } from '../context.server.ts'
import { readBundleItems } from './products.server.ts'

/** A product as an order sees it. */
export type OfferedProduct = {
  readonly id: string
  readonly code: string
  readonly kind: string
  readonly name: Readonly<Record<string, string>>
  readonly status: string
  readonly productGroup: string | null
  readonly parentProductId: string | null
  readonly spec: unknown
}

/** A product with everything it contains and offers beside. */
export type ProductOffer = { readonly bundleItems: readonly BundleItem[]; readonly products: ReadonlyMap<string, OfferedProduct> }

/** What ordering `productId` may bring along. */
export async function readProductOffer(ctx: TenantContext, productId: string): Promise<ProductOffer> {
  const bundleItems = await readBundleItems(ctx, [productId])
  const rows = await ctx.db.product.findMany({
    where: { tenantId: ctx.tenantId, id: { in: [productId, ...bundleItems.map(({ memberId }) => memberId)] } },
    select: { id: true, code: true, kind: true, name: true, status: true, productGroup: true, parentProductId: true, spec: true },
    orderBy: { id: 'asc' },
    take: 1_000,
  })
  return { bundleItems, products: new Map(rows.map((row) => [row.id, row as OfferedProduct])) }
}

/** Whether everything a product includes is published: a bundle is not sold while a part of it is withdrawn or hidden. */
export function isWhole({ bundleItems, products }: Pick<ProductOffer, 'bundleItems'> & { readonly products: Statuses }, productId: string) {
  const { included } = contentsOf({ productId, quantity: one, bundleItems })
  return [...included.keys()].every((id) => products.get(id)?.status === 'published')
}

type Statuses = ReadonlyMap<string, { readonly status: string }>

/** Whether a buyer orders a product by itself: plans, bundles, and services that say in what they are counted; the others come with one of these. */
export function isOrderedAlone(product: { readonly kind: string; readonly spec: unknown }): boolean {
  return product.kind === 'plan' || product.kind === 'bundle' || saleOf(product) !== null
}

/** What an order begins with. `sale` says how a service is counted; null for anything else. */
type OrderableProduct = {
  readonly id: string
  readonly code: string
  readonly position: number
  readonly sale: ServiceSale | null
}

/** A product that is published with all that it includes, and sold by itself: what the store lists and an order begins with. Null for any other code. */
export async function findOrderable(ctx: TenantContext, code: string): Promise<OrderableProduct | null> {
  const product = await ctx.db.product.findUnique({
    where: { tenantId_code: { tenantId: ctx.tenantId, code } },
    select: { id: true, code: true, position: true, status: true, kind: true, spec: true },
  })
  if (product?.status !== 'published' || !isOrderedAlone(product)) return null
  return isWhole(await readProductOffer(ctx, product.id), product.id) ? { ...product, sale: saleOf(product) } : null
}

/** How each product of an offer prorates; by the second where nothing is said. */
export function prorationsOf({ products }: ProductOffer): ReadonlyMap<string, ProrationPolicy> {
  return new Map([...products].map(([id, { spec }]) => [id, prorationOf((spec as { proration?: unknown }).proration)]))
}

function prorationOf(policy: unknown): ProrationPolicy {
  return policy === 'none' || policy === 'day' ? policy : 'second'
}

/** The products with these codes, by code. */
export async function productIdsOf(ctx: TenantContext, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (codes.length === 0) return new Map()
  const rows = await ctx.db.product.findMany({
    where: { tenantId: ctx.tenantId, code: { in: [...codes] } },
    select: { id: true, code: true },
    orderBy: { code: 'asc' },
    take: 1_000,
  })
  return new Map(rows.map(({ id, code }) => [code, id]))
}
