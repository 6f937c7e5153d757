import { insertCatalogBook, readCatalogBooks } from '#app/db/catalog/catalog-prices.server.ts'
import type { NewPriceRule } from '#app/db/catalog/price-rules.server.ts'
import { readVersions } from '#app/db/catalog/price-versions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readListBooks } from '#app/db/sellers/partner-levels.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type PublishVersionError, publishFirstVersion, publishVersion } from '../pricing/publish-version.server.ts'
import { followCatalog } from './follow-catalog.server.ts'

export type TakeOverInput = {
  readonly catalogId: string
  readonly currency: string
  readonly prices: readonly NewPriceRule[]
  readonly validFrom: Date
  readonly note: string | null
}
export type TakeOverError = PublishVersionError | 'catalog-not-found'

/**
 * Lets these prices, and no others, be those of a catalog in one currency from `validFrom` on: in a book of its own, opened
 * when it has none; of the reference catalog in the store's list. Contracts of whoever sees the catalog are priced by it.
 */
export async function takeOverPrices(
  ctx: TenantContext,
  input: TakeOverInput,
): Promise<Result<{ readonly priceBookId: string }, TakeOverError>> {
  const { catalogId, prices, validFrom, note } = input
  const priceBookId = await bookFor(ctx, input)
  if (!priceBookId) return err('catalog-not-found')
  if ((await readVersions(ctx, [priceBookId])).length === 0) {
    await publishFirstVersion(ctx, { priceBookId, validFrom, note, isPublic: true, prices })
  } else {
    const published = await publishVersion(ctx, { priceBookId, validFrom, note, change: () => undefined, adds: prices })
    if (!published.ok) return published
  }
  await followCatalog(ctx, { accountIds: null, catalogId, from: validFrom })
  return ok({ priceBookId })
}

async function bookFor(ctx: TenantContext, { catalogId, currency }: TakeOverInput): Promise<string | undefined> {
  const own = (await readCatalogBooks(ctx)).find((book) => book.catalogId === catalogId && book.currency === currency)
  if (own) return own.id
  const catalog = await ctx.db.catalog.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: catalogId } },
    select: { code: true, name: true, isReference: true },
  })
  const list = catalog?.isReference ? (await readListBooks(ctx)).find((book) => book.currency === currency) : undefined
  if (list || !catalog) return list?.id
  return insertCatalogBook(ctx, { catalogId, ...bookNames(catalog, currency), currency })
}

/** What a catalog's book in a currency is called. */
export function bookNames({ code, name }: { readonly code: string; readonly name: string }, currency: string) {
  return { code: `catalog-${code}-${currency.toLowerCase()}`, name: `${name} ${currency}` }
}
