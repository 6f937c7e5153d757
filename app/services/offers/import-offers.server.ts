import { audit } from '#app/db/audit.server.ts'
import { readCatalogs, saveEntries } from '#app/db/catalog/catalogs.server.ts'
import {
  linkOffer,
  type ParentOfferRow,
  readOpenChanges,
  readParentOffers,
  resolveOfferChanges,
} from '#app/db/catalog/parent-offers.server.ts'
import { isRateCard } from '#app/db/catalog/price-desk.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { saleOf } from '#app/domain/catalog/service-sale.ts'
import { err, ok } from '#app/domain/shared/result.ts'
import { applyMarkup } from './apply-markup.server.ts'
import type { Refused, SetPricesError } from './set-prices.server.ts'

export type ImportOffersInput = {
  readonly offerIds: readonly string[]
  /** The book the mark-ups of which make the prices; null: products without prices for now. */
  readonly priceBookId: string | null
  readonly validFrom: Date
  readonly reason: string | null
}

export type ImportOffersError = SetPricesError | 'no-offer' | 'offer-not-found' | 'offer-withdrawn'
export type ImportedOffers = { readonly productIds: readonly string[]; readonly priceVersionId: string | null }

/**
 * Takes offers of the parent into the tenant's own catalog: a product of its own for each, with the parent's texts, and its
 * prices by the mark-ups of the book. An offer that has a product already keeps it. All or nothing.
 */
export async function importOffers(
  ctx: TenantContext,
  input: ImportOffersInput,
): Promise<{ ok: true; value: ImportedOffers } | Refused<ImportOffersError>> {
  const refuse = (error: ImportOffersError) => ({ ...err(error), problems: [] })
  const wanted = new Set(input.offerIds)
  const offers = (await readParentOffers(ctx)).filter(({ id }) => wanted.has(id))
  if (wanted.size === 0) return refuse('no-offer')
  if (offers.length < wanted.size) return refuse('offer-not-found')
  if (offers.some(({ isWithdrawn }) => isWithdrawn)) return refuse('offer-withdrawn')

  const productIds: string[] = []
  for (const offer of offers) if (!isRateCard(offer)) productIds.push(offer.productId ?? (await addProduct(ctx, offer)))
  const news = (await readOpenChanges(ctx)).filter(
    ({ kind, parentOfferId }) => wanted.has(parentOfferId) && (kind === 'new' || kind === 'returned'),
  )
  await resolveOfferChanges(
    ctx,
    news.map(({ id }) => id),
  )
  await audit(ctx, { action: 'offers.imported', subjectKind: 'tenant', subjectId: ctx.tenantId, detail: { productIds } })
  if (!input.priceBookId) return ok({ productIds, priceVersionId: null })

  const { priceBookId, validFrom, reason } = input
  const priced = await applyMarkup(ctx, { priceBookId, validFrom, productIds, reason, note: null })
  return priced.ok ? ok({ productIds, priceVersionId: priced.value.priceVersionId }) : priced
}

async function addProduct(ctx: TenantContext, offer: ParentOfferRow): Promise<string> {
  const { tenantId, now } = ctx
  const id = newId()
  const last = await ctx.db.product.aggregate({ where: { tenantId }, _max: { position: true } })
  const position = (last._max.position ?? 0) + 1
  await ctx.db.product.createMany({
    data: [
      {
        tenantId,
        id,
        code: await freeCode(ctx, offer.code),
        kind: kindOf(offer.spec),
        name: offer.name,
        description: offer.description,
        spec: offer.spec as object,
        position,
        status: 'published',
        parentProductId: offer.parentProductId,
        createdAt: now,
      },
    ],
  })
  await linkOffer(ctx, offer.id, id)
  const reference = (await readCatalogs(ctx)).find(({ isReference }) => isReference)
  if (reference) await saveEntries(ctx, reference.id, [{ productId: id, isVisible: true, position }])
  return id
}

/** What an offer is, as its terms say: a server has a size, a service of its own a unit, an app comes with a server, the rest is a bundle of services. */
function kindOf(spec: unknown): 'plan' | 'app' | 'bundle' | 'service' {
  const terms = spec as { readonly cpuNumber?: number; readonly app?: string }
  if (terms.cpuNumber !== undefined) return 'plan'
  if (saleOf({ kind: 'service', spec })) return 'service'
  return terms.app === undefined ? 'bundle' : 'app'
}

/** The code of the parent, or with a number behind it when the tenant uses it already. */
async function freeCode(ctx: TenantContext, wanted: string): Promise<string> {
  const taken = await ctx.db.product.findMany({
    where: { tenantId: ctx.tenantId, code: { startsWith: wanted } },
    select: { code: true },
    orderBy: { code: 'asc' },
    take: 1_000,
  })
  const codes = new Set(taken.map(({ code }) => code))
  let code = wanted
  for (let number = 2; codes.has(code); number += 1) code = `${wanted}-${number}`
  return code
}
