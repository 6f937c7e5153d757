import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'
import type { PlantedPrices } from './plant-prices.ts'
import { windowStart } from './planted-window.ts'

/** What the rows of one buyer refer to. */
export type BuyerRefs = PlantedPrices & {
  readonly accountId: string
  readonly contractId: string
  readonly priceBookId: string
  readonly productId: string
  readonly subscriptionId: string
  readonly invoiceId: string
}

const by = { createdBy: 'test' }
const from = { reason: 'test', ...by, validFrom: windowStart }

/** A row of every kind that says what a buyer pays, may sell on, was promised or is moved to. */
export async function plantBuyerPrices(ctx: TenantContext, refs: BuyerRefs): Promise<void> {
  await plantTerms(ctx, refs)
  await plantDiscount(ctx, refs)
  await plantItems(ctx, refs)
}

async function plantTerms({ db, tenantId, now }: TenantContext, refs: BuyerRefs): Promise<void> {
  const { accountId, contractId, priceBookId, productId, partnerLevelId } = refs
  await db.contractPriceBook.createMany({
    data: [{ tenantId, id: v7(), accountId, contractId, priceBookId, layer: 1, ...from, createdAt: now }],
  })
  await db.partnerLevelAssignment.createMany({ data: [{ tenantId, id: v7(), accountId, partnerLevelId, ...from, createdAt: now }] })
  await db.planDelegation.createMany({ data: [{ tenantId, id: v7(), accountId, productId, currency: 'EUR', delegatedAt: now, ...by }] })
}

async function plantDiscount({ db, tenantId, now }: TenantContext, refs: BuyerRefs): Promise<void> {
  const { accountId, contractId, promotionId, promoCodeId, subscriptionId, invoiceId } = refs
  const [redemptionId, discountId] = [v7(), v7()]
  const amount = { amountMinor: 100n, currency: 'EUR' }
  await db.promotionUse.createMany({ data: [{ tenantId, promotionId, accountId, uses: 1 }] })
  await db.redemption.createMany({
    data: [{ tenantId, id: redemptionId, accountId, promotionId, promoCodeId, snapshot: {}, ...amount, state: 'applied', createdAt: now }],
  })
  const terms = { name: {}, method: 'amount', scopes: ['recurring'], productGroups: [], priority: 1 }
  await db.discount.createMany({
    data: [{ tenantId, id: discountId, accountId, contractId, redemptionId, subscriptionId, ...terms, ...amount, ...from, createdAt: now }],
  })
  await db.discountUse.createMany({ data: [{ tenantId, id: v7(), discountId, accountId, invoiceId, ...amount, createdAt: now }] })
}

async function plantItems({ db, tenantId, now }: TenantContext, refs: BuyerRefs): Promise<void> {
  const { accountId, contractId, productId, subscriptionId, rerateRunId, planMigrationId } = refs
  const item = { role: 'main', quantity: '1', startsAt: now, cause: 'order', ...by }
  await db.subscriptionItem.createMany({ data: [{ tenantId, id: v7(), subscriptionId, accountId, productId, ...item, createdAt: now }] })
  const change = { kind: 'cancel', effectiveAt: now, input: {}, preview: {}, state: 'scheduled', ...by }
  await db.subscriptionChange.createMany({ data: [{ tenantId, id: v7(), subscriptionId, accountId, ...change, createdAt: now }] })
  const difference = { billingPeriod: windowStart, oldAmount: '1', newAmount: '2', currency: 'EUR', charges: 1, state: 'open' }
  await db.reRateLine.createMany({ data: [{ tenantId, id: v7(), rerateRunId, accountId, contractId, ...difference }] })
  const money = { currentMinor: 100n, nextMinor: 200n, currency: 'EUR', state: 'selected', updatedAt: now }
  await db.planMigrationItem.createMany({ data: [{ tenantId, id: v7(), planMigrationId, subscriptionId, accountId, ...money }] })
}
