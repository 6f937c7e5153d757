import { catalogOfBuyer, listedIn } from '#app/db/catalog/buyer-catalog.server.ts'
import { readBuyerFacts } from '#app/db/catalog/catalogs.server.ts'
import { isWhole } from '#app/db/catalog/offered-products.server.ts'
import { readStocks } from '#app/db/catalog/product-stocks.server.ts'
import { readBundleItems } from '#app/db/catalog/products.server.ts'
import { type OwnNetwork, readOwnNetworks } from '#app/db/cloud/own-networks.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { DesignOffer, OfferedSize } from '#app/domain/apps/design.ts'
import { ProductSpec } from '#app/domain/catalog/product-spec.ts'
import type { CloudCapability } from '#app/domain/cloud/capabilities.ts'

/** A size with what it is called and how large it is. */
export type NamedSize = OfferedSize & {
  readonly name: Readonly<Record<string, string>>
  readonly cpuNumber: number
  readonly memoryMib: number
  readonly diskGib: number
}

/** The offer in words, for the form that chooses from it. */
export type NamedOffer = Omit<DesignOffer, 'plans' | 'networks'> & {
  readonly plans: readonly NamedSize[]
  readonly networks: readonly OwnNetwork[]
  readonly images: readonly { readonly code: string; readonly name: string }[]
}

export type DesignOfferOf = {
  readonly accountId: string
  /** What the account's cloud can do beside servers; null where that is not asked: what it lacks then counts as there. */
  readonly capabilities: readonly CloudCapability[] | null
}

/**
 * What an account can compose of now: the plans that its own catalog lists, published with all they include, where they are in stock, with
 * their images; its private networks; and what its cloud can do. Reads the seller's office scope, as the order does.
 */
export async function readDesignOffer(ctx: TenantContext, { accountId, capabilities }: DesignOfferOf): Promise<NamedOffer> {
  const plans = await offeredPlans(ctx, accountId)
  const stocks = await readStocks(ctx)
  const isSoldOut = (productId: string, place: string) =>
    stocks.some((stock) => stock.productId === productId && stock.location === place && stock.remaining === 0)
  const specs = plans.map((plan) => ({ ...plan, spec: ProductSpec.parse(plan.spec) }))
  const images = new Map(specs.flatMap(({ spec }) => spec.images.map((image) => [image.code, image] as const)))
  const can = (capability: CloudCapability) => capabilities === null || capabilities.includes(capability)
  return {
    plans: specs.map(({ id, code, name, spec: { cpuNumber, memoryMib, diskGib, images: own, locations } }) => ({
      code,
      cpuNumber,
      memoryMib,
      diskGib,
      name: name as NamedSize['name'],
      images: own.map((image) => image.code),
      places: locations.map((location) => location.code).filter((place) => !isSoldOut(id, place)),
    })),
    networks: can('networks') ? await readOwnNetworks(ctx, accountId) : [],
    images: [...images.values()].map(({ code, name }) => ({ code, name })),
    hasFirewall: can('firewall'),
  }
}

async function offeredPlans(ctx: TenantContext, accountId: string) {
  const { db, tenantId } = ctx
  const published = await db.product.findMany({
    where: { tenantId, kind: 'plan', status: 'published' },
    select: { id: true, code: true, name: true, position: true, spec: true },
    orderBy: [{ position: 'asc' }, { code: 'asc' }],
    take: 200,
  })
  const listed = await listedIn(ctx, await catalogOfBuyer(ctx, await readBuyerFacts(ctx, accountId)), published)
  const bundleItems = await readBundleItems(
    ctx,
    listed.map(({ id }) => id),
  )
  const parts = await db.product.findMany({
    where: { tenantId, id: { in: [...new Set(bundleItems.map(({ memberId }) => memberId))] } },
    select: { id: true, status: true },
    orderBy: { id: 'asc' },
    take: 1_000,
  })
  const products = new Map(parts.map((part) => [part.id, part]))
  return listed.filter(({ id }) => isWhole({ bundleItems, products }, id))
}
