import { openCatalogChoice } from '#app/db/catalog/buyer-catalog.server.ts'
import { type CatalogBookRow, type PricedContract, readCatalogBooks, readPricedContracts } from '#app/db/catalog/catalog-prices.server.ts'
import { setContractLayer } from '#app/db/catalog/contract-price-books.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readListBooks } from '#app/db/sellers/partner-levels.server.ts'
import { requestOfferPublication } from '../offers/request-publication.server.ts'

export type FollowCatalogInput = {
  /** Whose contracts, with those of their departments; null: everybody's. */
  readonly accountIds: readonly string[] | null
  /** Only who sees this catalog. */
  readonly catalogId?: string
  readonly from: Date
}

/**
 * Lets contracts be priced by the book of the catalog their account sees, in the contract's currency, from an instant on or
 * from when the book begins; by the store's list where the catalog has no book. What was priced until then stays. Own prices,
 * a contract's own book and a partner level go before a catalog as ever. Returns how many contracts are priced anew.
 */
export async function followCatalog(ctx: TenantContext, { accountIds, catalogId, from }: FollowCatalogInput): Promise<number> {
  const choose = await openCatalogChoice(ctx)
  if (!choose) return 0
  const books = await readCatalogBooks(ctx)
  const lists = new Map((await readListBooks(ctx)).map(({ id, currency }) => [currency, id]))
  let moved = 0
  for (const contract of await readPricedContracts(ctx, accountIds)) {
    const seen = choose(contract).catalogId
    if (catalogId !== undefined && seen !== catalogId) continue
    const own = books.find((book) => book.catalogId === seen && book.currency === contract.currency && book.startsAt !== null)
    const list = contract.listBookId ?? lists.get(contract.currency)
    for (const step of stepsOf(contract, { own, list, from })) {
      const { accountId, contractId } = contract
      await setContractLayer(ctx, { accountId, contractId, ...step, layer: 3, reason: 'catalog' })
      moved += step.isLast ? 1 : 0
    }
  }
  if (moved > 0) await requestOfferPublication(ctx)
  return moved
}

type Step = { readonly priceBookId: string; readonly validFrom: Date; readonly isLast: boolean }
type Wanted = { readonly own: CatalogBookRow | undefined; readonly list: string | undefined; readonly from: Date }

/** What the layer becomes: the store's list until the catalog's book begins, then that book; nothing where it is so already. */
function stepsOf({ layerBookId, layerFrom, listBookId }: PricedContract, { own, list, from }: Wanted): Step[] {
  const standing = layerBookId ?? listBookId
  const begins = own?.startsAt && own.startsAt > from ? own.startsAt : from
  if (own) {
    if (standing === own.id && (layerFrom === null || layerFrom <= begins)) return []
    const last = { priceBookId: own.id, validFrom: begins, isLast: true }
    const isOther = standing !== null && standing !== list && standing !== own.id
    return begins > from && isOther && list ? [{ priceBookId: list, validFrom: from, isLast: false }, last] : [last]
  }
  if (layerBookId === null || layerBookId === list || !list) return []
  return [{ priceBookId: list, validFrom: from, isLast: true }]
}
