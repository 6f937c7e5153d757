import { readRulesOfContract } from '#app/db/catalog/contract-price-books.server.ts'
import {
  delegatedResellers,
  insertOfferChanges,
  insertParentOffer,
  type ParentOfferRow,
  readDelegations,
  readParentOffers,
  updateParentOffer,
  withdrawParentOffer,
} from '#app/db/catalog/parent-offers.server.ts'
import { rateCardCode } from '#app/db/catalog/price-desk.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { type OfferState, offerChanges, offeredFees } from '#app/domain/catalog/parent-offer.ts'
import type { Actor } from '#app/domain/shared/actor.ts'

/** An offer on its way to the child. The rate card has no product: it is named by the parent tenant itself. */
type Offered = { readonly parentProductId: string; readonly state: OfferState }

/** The resellers of a tenant that offers are published to. */
export function resellersToInform(tenantId: string): Promise<{ accountId: string; childTenantId: string }[]> {
  return inTenant(tenantId, delegatedResellers)
}

export type PublishOffersInput = {
  readonly tenantId: string
  readonly accountId: string
  readonly childTenantId: string
  readonly actor: Actor
}

/**
 * Writes into a child tenant what its parent offers it: delegated plans, buy prices by the child's contract, ranges; and
 * what is different from before as a list of changes. Both sides are read and written in their own tenants; nothing crosses but this
 * child's own prices. Safe to repeat: what has not changed is not written.
 */
export async function publishOffers({ tenantId, accountId, childTenantId, actor }: PublishOffersInput): Promise<{ changes: number }> {
  const offered = await inTenant(tenantId, (ctx) => gatherOffers(ctx, accountId, childTenantId))
  if (!offered) return { changes: 0 }
  return inTenant(childTenantId, (ctx) => receiveOffers(ctx, { offered, parent: { tenantId, accountId } }), { actor })
}

async function gatherOffers(ctx: TenantContext, accountId: string, childTenantId: string): Promise<Offered[] | null> {
  const { tenantId } = ctx
  const account = await ctx.db.account.findUnique({
    where: { tenantId_id: { tenantId, id: accountId } },
    select: { childTenantId: true },
  })
  const contract = await ctx.db.contract.findUnique({
    where: { tenantId_accountId: { tenantId, accountId } },
    select: { id: true, currency: true },
  })
  if (account?.childTenantId !== childTenantId || !contract) return null

  const rules = await readRulesOfContract(ctx, contract.id)
  const { currency } = contract
  const delegations = await readDelegations(ctx, accountId)
  const plans = delegations.map(({ productId, ...plan }): Offered => {
    const inRange = plan.currency === currency
    const fees = offeredFees(rules, { productId, from: ctx.now })
    const { priceFloor, priceCeiling } = plan
    return {
      parentProductId: productId,
      state: { ...plan, currency, fees, priceFloor: inRange ? priceFloor : null, priceCeiling: inRange ? priceCeiling : null },
    }
  })
  const rates = offeredFees(rules, { productId: null, from: ctx.now })
  if (rates.length === 0 || plans.length === 0) return plans
  const card = { code: rateCardCode, name: {}, description: {}, spec: {}, currency, fees: rates, priceFloor: null, priceCeiling: null }
  return [...plans, { parentProductId: tenantId, state: card }]
}

type Receiving = { readonly offered: readonly Offered[]; readonly parent: { readonly tenantId: string; readonly accountId: string } }

async function receiveOffers(ctx: TenantContext, { offered, parent }: Receiving): Promise<{ changes: number }> {
  const { tenantId } = ctx
  const tenant = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId }, select: { parentTenantId: true, parentAccountId: true } })
  if (tenant.parentTenantId !== parent.tenantId || tenant.parentAccountId !== parent.accountId) return { changes: 0 }

  const known = new Map((await readParentOffers(ctx)).map((offer) => [offer.parentProductId, offer]))
  let changes = 0
  for (const { parentProductId, state } of offered) changes += await receive(ctx, known.get(parentProductId), { parentProductId, state })
  const still = new Set(offered.map(({ parentProductId }) => parentProductId))
  for (const offer of known.values()) if (!still.has(offer.parentProductId)) changes += await withdraw(ctx, offer)
  return { changes }
}

async function receive(ctx: TenantContext, known: ParentOfferRow | undefined, { parentProductId, state }: Offered): Promise<number> {
  if (!known) {
    const productId = await productMadeOf(ctx, parentProductId)
    const id = await insertParentOffer(ctx, { parentProductId, productId, state })
    // A plan that is in the child's catalog already is no news.
    const changes = productId ? [] : offerChanges(null, state, ctx.now)
    await insertOfferChanges(ctx, id, changes)
    return changes.length
  }
  const changes = offerChanges(known, state, ctx.now)
  if (changes.length === 0) return 0
  await updateParentOffer(ctx, known.id, state)
  await insertOfferChanges(ctx, known.id, changes)
  return changes.length
}

async function withdraw(ctx: TenantContext, offer: ParentOfferRow): Promise<number> {
  const changes = offerChanges(offer, null, ctx.now)
  if (changes.length === 0) return 0
  await withdrawParentOffer(ctx, offer.id)
  await insertOfferChanges(ctx, offer.id, changes)
  return changes.length
}

async function productMadeOf(ctx: TenantContext, parentProductId: string): Promise<string | null> {
  const product = await ctx.db.product.findFirst({
    where: { tenantId: ctx.tenantId, parentProductId },
    select: { id: true },
    orderBy: { createdAt: 'asc' },
  })
  return product?.id ?? null
}
