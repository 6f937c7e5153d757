import { listSshKeys } from '#app/reports/members/ssh-keys.server.ts'
import { listImagesForOrder } from '#app/reports/orders/own-images.server.ts'
import { readStoreCatalog } from '#app/reports/store/query.server.ts'
import { capabilitiesFor } from '#app/web/desks/cloud-desk.server.ts'
import { asCustomer, customerOf } from '#app/web/request/as-customer.server.ts'
import { asSeller } from '#app/web/request/as-seller.server.ts'
import { asVisitor } from '#app/web/request/as-visitor.server.ts'
import { languageOf } from '#app/web/request/preferences.server.ts'
import { viewerOf } from '#app/web/request/session.server.ts'
import { tenantOf } from '#app/web/request/tenant-of.server.ts'
import { storeCurrencyOf } from '#app/web/store/store-currency.server.ts'
import type { OwnThings, ReaderCatalog } from './chosen.ts'

/** What the store offers, with what the reader has of its own to order with; null while the seller has no prices. */
export async function readerCatalog(request: Request): Promise<ReaderCatalog | null> {
  const language = await languageOf(request, await tenantOf(request))
  const { currency } = await storeCurrencyOf(request)
  const own = await ownCatalogOf(request, { language, currency })
  const catalog = own ?? (await asVisitor(request, (ctx) => readStoreCatalog(ctx, { language, currency })))
  return catalog && { ...catalog, own: await ownThingsOf(request) }
}

/** What the seller offers a customer who may order, by the catalog of its account: an order takes nothing else. Null for anybody else. */
async function ownCatalogOf(request: Request, reader: { readonly language: string; readonly currency: string | null }) {
  if (!(await viewerOf(request))?.hasPanel) return null
  const { accountId, can } = await customerOf(request)
  return can('order:write') ? asSeller(request, (ctx) => readStoreCatalog(ctx, { ...reader, accountId })) : null
}

/** Private images and stored keys of a customer; none for a visitor, and for who may not order or see them. */
async function ownThingsOf(request: Request): Promise<OwnThings> {
  const none: OwnThings = { images: [], keys: [], mayKeep: false }
  if (!(await viewerOf(request))?.hasPanel) return none
  const capabilities = await capabilitiesFor((await tenantOf(request)).tenantId)
  return asCustomer(request, undefined, async (ctx, { accountId, session, can }) => {
    if (!can('order:write')) return none
    const seesImages = can('server:read') && capabilities.includes('images')
    return {
      images: seesImages ? await listImagesForOrder(ctx, accountId) : [],
      keys: await listSshKeys(ctx, { accountId, userId: session.user.id }),
      mayKeep: true,
    }
  })
}
