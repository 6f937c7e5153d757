import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'
import { windowEnd, windowStart } from './planted-window.ts'

/** What the prices of each buyer refer to. */
export type PlantedPrices = {
  readonly partnerLevelId: string
  readonly promotionId: string
  readonly promoCodeId: string
  readonly rerateRunId: string
  readonly planMigrationId: string
}

type SellerRefs = { readonly priceBookId: string; readonly productId: string }
const by = { createdBy: 'test' }

/** A row of every kind that belongs to the seller's catalogs, levels, offers and promotions. */
export async function plantPrices(ctx: TenantContext, refs: SellerRefs): Promise<PlantedPrices> {
  await plantDrafts(ctx, refs)
  await plantParentOffer(ctx)
  const partnerLevelId = await plantCatalogs(ctx, refs)
  const promotion = await plantPromotion(ctx)
  const runs = await plantRuns(ctx, refs)
  return { partnerLevelId, ...promotion, ...runs }
}

async function plantCatalogs({ db, tenantId, now }: TenantContext, { productId }: SellerRefs): Promise<string> {
  const [catalogId, partnerLevelId, memberId] = [v7(), v7(), v7()]
  const named = { status: 'active', createdAt: now }
  await db.catalog.createMany({ data: [{ tenantId, id: catalogId, code: 'reference', name: 'Reference', isReference: true, ...named }] })
  await db.catalogItem.createMany({ data: [{ tenantId, id: v7(), catalogId, productId, isVisible: true, position: 1, createdAt: now }] })
  await db.cart.createMany({ data: [{ tenantId, id: v7(), tokenHash: 'digest', lines: [], updatedAt: now, expiresAt: now }] })
  const template = { code: 'shop', name: { en: 'Shop' }, description: {}, tiers: [], state: 'published', position: 1 }
  await db.appTemplate.createMany({ data: [{ tenantId, id: v7(), ...template, createdAt: now, changedAt: now }] })
  await db.productStock.createMany({ data: [{ tenantId, id: v7(), productId, location: 'fra-1', remaining: 3, createdAt: now }] })
  await db.catalogRevision.createMany({
    data: [{ tenantId, id: v7(), catalogId, number: 1, state: 'draft', note: 'autumn', changes: [], ...by, createdAt: now }],
  })
  const scope = { countries: ['DE'], currencies: ['EUR'], isDefault: true }
  await db.channel.createMany({ data: [{ tenantId, id: v7(), code: 'direct', name: 'Direct', catalogId, ...scope, ...named }] })
  await db.partnerLevel.createMany({ data: [{ tenantId, id: partnerLevelId, code: 'silver', name: 'Silver', rank: 1, ...named }] })
  await db.partnerLevelDiscount.createMany({
    data: [{ tenantId, id: v7(), partnerLevelId, scope: 'recurring', percent: '20', validFrom: windowStart, ...by, createdAt: now }],
  })
  await db.partnerLevelLimit.createMany({
    data: [{ tenantId, id: v7(), partnerLevelId, currency: 'EUR', limitMinor: 100n, validFrom: windowStart, ...by, createdAt: now }],
  })
  await db.catalogAffinity.createMany({ data: [{ tenantId, id: v7(), catalogId, partnerLevelId, priority: 1, createdAt: now }] })
  const app = { code: 'backup', kind: 'app', name: { en: 'Backup' }, description: {}, spec: {}, position: 3, status: 'hidden' }
  await db.product.createMany({ data: [{ tenantId, id: memberId, ...app, createdAt: now }] })
  await db.bundleItem.createMany({
    data: [{ tenantId, id: v7(), bundleId: productId, memberId, quantity: '1', role: 'optional', position: 1, createdAt: now }],
  })
  return partnerLevelId
}

async function plantDrafts({ db, tenantId, now }: TenantContext, { priceBookId }: SellerRefs): Promise<void> {
  const draft = { name: 'Autumn', document: {}, state: 'draft', ...by, createdAt: now, updatedAt: now }
  await db.planDraft.createMany({ data: [{ tenantId, id: v7(), priceBookId, ...draft }] })
  await db.markupRule.createMany({
    data: [{ tenantId, id: v7(), priceBookId, method: 'percent', rate: '0.4', position: 1, ...by, createdAt: now }],
  })
  const rate = { base: 'EUR', quote: 'CHF', rate: '0.94', source: 'test', rateDate: windowStart, enteredBy: 'test', createdAt: now }
  await db.exchangeRate.createMany({ data: [{ tenantId, id: v7(), ...rate }] })
}

async function plantParentOffer({ db, tenantId, now }: TenantContext): Promise<void> {
  const parentOfferId = v7()
  const offer = { parentProductId: v7(), code: 'web-1', name: {}, description: {}, spec: {}, currency: 'EUR', fees: [] }
  await db.parentOffer.createMany({ data: [{ tenantId, id: parentOfferId, ...offer, offeredAt: now, updatedAt: now }] })
  await db.parentOfferChange.createMany({ data: [{ tenantId, id: v7(), parentOfferId, kind: 'new', effectiveAt: now, createdAt: now }] })
}

async function plantPromotion({ db, tenantId, now }: TenantContext): Promise<Pick<PlantedPrices, 'promotionId' | 'promoCodeId'>> {
  const [campaignId, promotionId, promoCodeId] = [v7(), v7(), v7()]
  const span = { startsAt: windowStart, endsAt: windowEnd, ...by, createdAt: now }
  await db.campaign.createMany({
    data: [{ tenantId, id: campaignId, code: 'autumn', name: 'Autumn', audience: {}, state: 'running', ...span }],
  })
  const rule = { kind: 'percent', terms: { percent: '10' }, scopes: ['recurring'], productGroups: [], channelIds: [], priority: 1 }
  await db.promotion.createMany({
    data: [{ tenantId, id: promotionId, campaignId, code: 'weekend', name: {}, state: 'active', ...rule, ...span }],
  })
  await db.promoCode.createMany({ data: [{ tenantId, id: promoCodeId, promotionId, code: 'WEEKEND10', state: 'active', createdAt: now }] })
  await db.promoAttempt.createMany({ data: [{ tenantId, subject: 'visitor', windowStart, failures: 1 }] })
  return { promotionId, promoCodeId }
}

async function plantRuns(
  { db, tenantId, now }: TenantContext,
  { productId }: SellerRefs,
): Promise<Pick<PlantedPrices, 'rerateRunId' | 'planMigrationId'>> {
  const [rerateRunId, planMigrationId] = [v7(), v7()]
  const run = { scope: {}, reason: 'wrong price', state: 'requested', requestedBy: 'test', requestedAt: now }
  await db.reRateRun.createMany({ data: [{ tenantId, id: rerateRunId, ...run }] })
  const migration = { name: 'Web 1', fromProductId: productId, toProductId: productId, applies: 'renewal', state: 'draft', ...by }
  await db.planMigration.createMany({ data: [{ tenantId, id: planMigrationId, ...migration, createdAt: now }] })
  return { rerateRunId, planMigrationId }
}
