import { type NamedOffer, readDesignOffer } from '#app/services/apps/design-offer.server.ts'
import { type PricedOffer, readPricedOffer } from '#app/services/apps/priced-offer.server.ts'
import { customerOf } from '../request/as-customer.server.ts'
import { asSeller } from '../request/as-seller.server.ts'
import { capabilitiesFor } from './cloud-desk.server.ts'

/** What the reader's account can compose applications of now. @throws 403 for who may not order. */
export async function designOfferFor(request: Request): Promise<NamedOffer> {
  const of = await buyerOf(request)
  return asSeller(request, (ctx) => readDesignOffer(ctx, of))
}

/** The same with what each size costs it; what has no price is left out. */
export async function pricedOfferFor(request: Request): Promise<PricedOffer> {
  const of = await buyerOf(request)
  return asSeller(request, (ctx) => readPricedOffer(ctx, of))
}

async function buyerOf(request: Request) {
  const { tenantId, accountId } = await customerOf(request, 'order:write')
  return { accountId, capabilities: await capabilitiesFor(tenantId) }
}
