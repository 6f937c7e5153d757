import { productIdsOf } from '#app/db/catalog/offered-products.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { priceByTerms, readOrderTerms } from '../orders/price-order.server.ts'
import { type DesignOfferOf, type NamedOffer, type NamedSize, readDesignOffer } from './design-offer.server.ts'

/** The offer with what a month of each size costs the account at the most, tax included. */
export type PricedOffer = Omit<NamedOffer, 'plans'> & { readonly plans: readonly (NamedSize & { readonly monthly: Money })[] }

/** What an account can compose of, each size priced by its own contract as an order prices it; what has no price is left out. */
export async function readPricedOffer(ctx: TenantContext, of: DesignOfferOf): Promise<PricedOffer> {
  const offer = await readDesignOffer(ctx, of)
  const terms = await readOrderTerms(ctx, of.accountId)
  if (!terms.ok) return { ...offer, plans: [] }
  const ids = await productIdsOf(
    ctx,
    offer.plans.map(({ code }) => code),
  )
  const plans: PricedOffer['plans'][number][] = []
  for (const plan of offer.plans) {
    const price = await priceByTerms(ctx, terms.value, { accountId: of.accountId, productId: ids.get(plan.code) ?? '' })
    if (price.ok) plans.push({ ...plan, monthly: price.value.monthlyTotal })
  }
  return { ...offer, plans }
}
