import { type BuyerFacts, type CatalogChoice, chooseCatalog, visitor } from '#app/domain/catalog/affinity.ts'
import { type ListedProduct, visibleProducts } from '#app/domain/catalog/visible-catalog.ts'
import type { TenantContext } from '../context.server.ts'
import type { PriceBookRow } from '../people/accounts.server.ts'
import { booksOfCatalog, readAffinities, readBuyerFacts, readCatalogContent, readCatalogs, readChannels } from './catalogs.server.ts'

/** A buyer's catalog. Null while the tenant keeps none: then every published product is for everybody. */
export type BuyerCatalog = CatalogChoice & { readonly currencies: readonly string[] }

/** The catalog of a visitor, or of an account when its facts are given, with the rule that gave it. */
export async function catalogOfBuyer(ctx: TenantContext, buyer: BuyerFacts = visitor): Promise<BuyerCatalog | null> {
  return (await openCatalogChoice(ctx))?.(buyer) ?? null
}

/** The catalog of any buyer, by the catalogs, channels and rules there are now. Null while the tenant keeps no catalog. */
export async function openCatalogChoice(ctx: TenantContext): Promise<((buyer: BuyerFacts) => BuyerCatalog) | null> {
  const catalogs = await readCatalogs(ctx)
  const reference = catalogs.find(({ isReference }) => isReference) ?? catalogs[0]
  if (!reference) return null
  const known = new Set(catalogs.map(({ id }) => id))
  const channels = (await readChannels(ctx)).filter(({ catalogId }) => known.has(catalogId))
  const affinities = (await readAffinities(ctx)).filter(({ catalogId }) => known.has(catalogId))
  return (buyer) => {
    const rules = buyer === visitor ? [] : affinities
    const choice = chooseCatalog({ buyer, channels, affinities: rules, referenceCatalogId: reference.id })
    const { reason } = choice
    const channel = 'channelId' in reason ? channels.find(({ id }) => id === reason.channelId) : undefined
    return { ...choice, currencies: channel?.currencies ?? [] }
  }
}

/** The public price books of the catalog, one for each currency it is sold in, the usual one first. */
export function booksOfBuyer(ctx: TenantContext, catalog: BuyerCatalog | null): Promise<PriceBookRow[]> {
  return booksOfCatalog(ctx, { catalogId: catalog?.catalogId ?? null, currencies: catalog?.currencies ?? [] })
}

/** The book in `currency`; the usual one where the store does not sell in it, or nothing was chosen. */
export function bookIn(books: readonly PriceBookRow[], currency: string | null): PriceBookRow | undefined {
  return books.find((book) => book.currency === currency) ?? books[0]
}

/** The book a visitor of the store buys by who chose `currency`, or none. */
export async function bookOfVisitor(ctx: TenantContext, currency: string | null = null): Promise<PriceBookRow | null> {
  return bookIn(await booksOfBuyer(ctx, await catalogOfBuyer(ctx)), currency) ?? null
}

/** `products` as the catalog lists them; all of them while there is no catalog. */
export async function listedIn<Product extends ListedProduct>(
  ctx: TenantContext,
  catalog: BuyerCatalog | null,
  products: readonly Product[],
): Promise<readonly Product[]> {
  return catalog ? visibleProducts(await readCatalogContent(ctx, catalog.catalogId), products) : products
}

/** Whether the catalog of an account shows the product: nothing else can be ordered. Reads the seller's office scope. */
export async function isOfferedTo(
  ctx: TenantContext,
  { accountId, product }: { readonly accountId: string; readonly product: ListedProduct },
): Promise<boolean> {
  const catalog = await catalogOfBuyer(ctx, await readBuyerFacts(ctx, accountId))
  const listed = await listedIn(ctx, catalog, [product])
  return listed.length === 1
}
