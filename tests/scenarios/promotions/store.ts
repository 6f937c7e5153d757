import { v7 } from 'uuid'
import type { Prisma } from '#app/db/generated/client.ts'
import type { DiscountScope } from '#app/domain/promo/discount.ts'
import type { PromotionTerms } from '#app/domain/promo/promotion.ts'
import { type PlaceOrderInput, placeOrder } from '#app/services/orders/place-order.server.ts'
import { asOffice, buildAccount, buildContract, buildPriceBook, buildTenant, builtAt, type RuleFacts } from '#tests/support/builders.ts'

export type Shop = { readonly tenantId: string; readonly productId: string; readonly planCode: string; readonly priceBookId: string }

const spec = {
  cpuNumber: 1,
  memoryMib: 1024,
  diskGib: 20,
  locations: [{ code: 'vie-1', city: 'Vienna', country: 'AT' }],
  images: [{ code: 'debian-12', name: 'Debian 12', family: 'linux' }],
  proration: 'day',
}

/** Ahorn's store in Vienna with one plan: setup 15.00, month 95.00, an app of 6.00. */
export async function buildShop(rules: readonly Omit<RuleFacts, 'productId'>[] = friday): Promise<Shop> {
  const tenantId = await buildTenant({ slug: 'ahorn', country: 'AT', timeZone: 'Europe/Vienna', vatId: 'ATU12345675', numberPrefix: 'AH' })
  const productId = v7()
  const planCode = `web-2-${productId}`
  await asOffice(tenantId, ({ db }) =>
    db.product.createMany({
      data: [
        {
          tenantId,
          id: productId,
          code: planCode,
          kind: 'plan',
          name: { en: 'Web 2', de: 'Web 2' },
          description: {},
          spec,
          position: 1,
          status: 'published',
          productGroup: 'servers',
          createdAt: builtAt,
        },
      ],
    }),
  )
  const { priceBookId } = await buildPriceBook(
    tenantId,
    rules.map((rule) => ({ ...rule, productId })),
  )
  return { tenantId, productId, planCode, priceBookId }
}

const friday: readonly Omit<RuleFacts, 'productId'>[] = [
  { feeKind: 'setup', price: '15.00' },
  { feeKind: 'recurring', price: '95.00' },
]

/** A business in Austria that buys by anniversary in advance, on the day of `billingDay`. */
export async function buildShopper(shop: Shop, billingDay = 5): Promise<{ accountId: string; contractId: string }> {
  const accountId = await buildAccount(shop.tenantId, { name: 'Tischlerei Huber OG', country: 'AT', kind: 'business' })
  const contractId = await buildContract(shop.tenantId, { accountId, priceBookId: shop.priceBookId, feesInAdvance: true, billingDay })
  return { accountId, contractId }
}

export type PromotionFacts = {
  readonly code?: string
  readonly terms?: PromotionTerms
  readonly scopes?: readonly DiscountScope[]
  readonly maxRedemptions?: number
  readonly maxPerAccount?: number
  readonly codeLimit?: number
  readonly budgetMinor?: bigint
  readonly isStackable?: boolean
  readonly isFirstOrderOnly?: boolean
  readonly startsAt?: Date
  readonly endsAt?: Date
}
export type BuiltPromotion = { readonly promotionId: string; readonly promoCodeId: string; readonly campaignId: string | null }

/** WEEKEND10 over June 2026: 10 % off the first period's recurring fees, unless the test says otherwise. */
export async function buildPromotion(shop: Shop, facts: PromotionFacts = {}): Promise<BuiltPromotion> {
  const { tenantId } = shop
  const terms: PromotionTerms = facts.terms ?? { kind: 'percent', percent: '10', periods: 1 }
  const [promotionId, promoCodeId] = [v7(), v7()]
  const campaignId = facts.budgetMinor === undefined ? null : v7()
  const startsAt = facts.startsAt ?? new Date('2026-05-31T22:00:00Z')
  const common = { tenantId, createdAt: builtAt }
  const dates = { startsAt, endsAt: facts.endsAt ?? null }
  const made = { ...common, ...dates, createdBy: 'test' }
  const promotion: Prisma.PromotionCreateManyInput = {
    ...made,
    id: promotionId,
    campaignId,
    code: `p-${promotionId}`,
    name: { en: 'Weekend', de: 'Wochenende' },
    kind: terms.kind,
    terms,
    scopes: [...(facts.scopes ?? ['recurring'])],
    productGroups: [],
    channelIds: [],
    priority: 100,
    state: 'active',
    isStackable: facts.isStackable ?? false,
    isFirstOrderOnly: facts.isFirstOrderOnly ?? false,
    maxRedemptions: facts.maxRedemptions ?? null,
    maxPerAccount: facts.maxPerAccount ?? null,
  }
  const code = { ...common, id: promoCodeId, promotionId, code: facts.code ?? 'WEEKEND10', maxRedemptions: facts.codeLimit ?? null }
  await asOffice(tenantId, async ({ db }) => {
    if (campaignId && facts.budgetMinor !== undefined) {
      const budget = { budgetMinor: facts.budgetMinor, currency: 'EUR', audience: {}, state: 'running' }
      await db.campaign.createMany({ data: [{ ...made, ...budget, id: campaignId, code: `c-${campaignId}`, name: 'June' }] })
    }
    await db.promotion.createMany({ data: [promotion] })
    await db.promoCode.createMany({ data: [{ ...code, state: 'active' }] })
  })
  return { promotionId, promoCodeId, campaignId }
}

/** Orders one server with `codes`. Every call is an order of its own. */
export function orderWith(shop: Shop, accountId: string, codes: readonly string[], facts: Partial<PlaceOrderInput> = {}) {
  return placeOrder({
    tenantId: shop.tenantId,
    accountIds: [accountId],
    accountId,
    planCode: shop.planCode,
    locationCode: 'vie-1',
    imageCode: 'debian-12',
    name: 'werkstatt',
    idempotencyKey: v7(),
    promoCodes: codes,
    addressHash: accountId,
    actor: { kind: 'system', name: 'test' },
    ...facts,
  })
}

/** Every counter a redemption moves. */
export async function countersOf(shop: Shop, built: BuiltPromotion) {
  const { tenantId } = shop
  return asOffice(tenantId, async ({ db }) => {
    const promotion = await db.promotion.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: built.promotionId } } })
    const code = await db.promoCode.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: built.promoCodeId } } })
    const uses = await db.promotionUse.aggregate({ where: { tenantId, promotionId: built.promotionId }, _sum: { uses: true } })
    const campaign =
      built.campaignId && (await db.campaign.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id: built.campaignId } } }))
    const states = await db.redemption.groupBy({ by: ['state'], where: { tenantId, promotionId: built.promotionId }, _count: true })
    return {
      promotion: promotion.redeemed,
      code: code.redeemed,
      accounts: uses._sum.uses ?? 0,
      spentMinor: campaign ? campaign.spentMinor : null,
      redemptions: Object.fromEntries(states.map(({ state, _count }) => [state, _count])),
    }
  })
}
