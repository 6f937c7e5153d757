import { v7 } from 'uuid'
import { startSession } from '#app/auth/open-sessions.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { saveOneTimeToken } from '#app/db/people/one-time-tokens.server.ts'
import { beginDocumentKey } from '#app/db/sealing/document-keys.server.ts'
import { plantSellerGateway } from './plant-attempts.ts'
import { plantSellerBrand } from './plant-brand.ts'
import { plantDeferralSettings, plantInvariantCheck } from './plant-deferral.ts'
import { plantDirectory } from './plant-directory.ts'
import { plantSellerGatewayPayout } from './plant-disputes.ts'
import { plantSellerDomains } from './plant-domains.ts'
import { plantSellerExports } from './plant-exports.ts'
import { plantSellerFraud } from './plant-fraud.ts'
import { plantSellerGift } from './plant-gift.ts'
import { plantSellerDunning } from './plant-holds.ts'
import { plantNews } from './plant-news.ts'
import { plantSellerBank } from './plant-payments.ts'
import { plantPerson } from './plant-person.ts'
import { type PlantedPrices, plantPrices } from './plant-prices.ts'
import { plantPurchases } from './plant-purchases.ts'
import { plantServiceNotice } from './plant-service-notice.ts'
import { plantSellerTax } from './plant-tax.ts'
import { plantSellerWallet } from './plant-wallet.ts'
import { windowEnd, windowStart } from './planted-window.ts'

/** What the rows of each buyer refer to. */
export type PlantedSeller = PlantedPrices & {
  readonly tenantId: string
  readonly priceBookId: string
  readonly priceVersionId: string
  readonly priceRuleId: string
  readonly productId: string
  readonly cloudRef: string
  readonly batchId: string
  readonly billingRunId: string
  readonly receivableId: string
  readonly incomeId: string
  readonly customerProfileId: string
}

/** Puts a row of every kind that belongs to the seller itself into `tenantId`. */
export async function plantSeller(tenantId: string): Promise<PlantedSeller> {
  const seller = await inTenant(tenantId, async (ctx) => {
    const catalog = await plantCatalog(ctx)
    const usage = await plantUsage(ctx)
    const books = await plantBooks(ctx)
    const prices = await plantPrices(ctx, catalog)
    await plantSellerTax(ctx)
    await plantSellerExports(ctx)
    await plantSellerBank(ctx)
    await plantSellerGateway(ctx)
    await plantSellerDunning(ctx)
    await plantSellerGatewayPayout(ctx)
    await plantSellerWallet(ctx)
    await plantSellerGift(ctx)
    await plantServiceNotice(ctx)
    await plantNews(ctx)
    await plantSellerFraud(ctx)
    await plantSellerBrand(ctx)
    await plantDeferralSettings(ctx)
    await plantInvariantCheck(ctx)
    await plantSellerDomains(ctx)
    await plantPurchases(ctx, books)
    await beginDocumentKey(ctx)
    const profile = await ctx.db.securityProfile.findFirstOrThrow({ where: { name: 'customer-owner' } })
    return { tenantId, ...catalog, ...usage, ...books, ...prices, customerProfileId: profile.id }
  })
  await plantSignIn(tenantId)
  return seller
}

async function plantCatalog({ db, tenantId, now }: TenantContext) {
  const [productId, priceVersionId, priceRuleId] = [v7(), v7(), v7()]
  const book = await db.priceBook.findFirstOrThrow({ where: { code: 'public' } })
  const texts = { name: { en: 'Web 1' }, description: {}, spec: {} }
  await db.product.createMany({
    data: [
      { tenantId, id: productId, code: 'web-1', kind: 'plan', ...texts, position: 1, status: 'published', createdAt: now },
      { tenantId, id: v7(), code: 'web-0', kind: 'plan', ...texts, position: 2, status: 'hidden', createdAt: now },
    ],
  })
  await db.priceVersion.createMany({
    data: [{ tenantId, id: priceVersionId, priceBookId: book.id, number: 1, isPublic: true, validFrom: windowStart, createdAt: now }],
  })
  const price = { unit: 'month', unitPrice: '19', included: '0', match: {} }
  await db.priceRule.createMany({
    data: [{ tenantId, id: priceRuleId, priceVersionId, isPublic: true, feeKind: 'recurring', productId, ...price }],
  })
  return { priceBookId: book.id, priceVersionId, priceRuleId, productId }
}

async function plantUsage({ db, tenantId, now }: TenantContext) {
  const [cloudRef, batchId] = [v7(), v7()]
  const secret = { apiKey: `canary-${tenantId}`, billedServerMeter: 'running' }
  await db.cloudConnection.createMany({
    data: [
      { tenantId, id: cloudRef, name: 'Frankfurt', adapter: 'cloudstack', endpoint: 'https://cloud.example', ...secret, createdAt: now },
    ],
  })
  await db.usageBatch.createMany({
    data: [{ tenantId, id: batchId, cloudConnectionId: cloudRef, sourceKey: 'fetch-1', state: 'rated', startedAt: now }],
  })
  await db.meter.createMany({
    data: [
      {
        tenantId,
        id: v7(),
        code: 'mail.boxes',
        unit: 'piece',
        kind: 'delta',
        greatest: '1000',
        names: { en: 'Mailboxes' },
        unitWords: {},
        createdAt: now,
      },
    ],
  })
  await db.$executeRaw`select ensure_raw_usage_partition('2026-09-01')::text`
  await db.rawUsage.createMany({
    data: [
      {
        tenantId,
        id: v7(),
        windowStart,
        windowEnd,
        cloudConnectionId: cloudRef,
        batchId,
        contentKey: 'raw-1',
        revision: 1,
        usageType: '1',
        quantity: '1',
        owner: {},
        dimensions: {},
        payload: {},
        receivedAt: now,
      },
    ],
  })
  const refused = { reason: 'unmapped-owner', payload: {}, state: 'open', createdAt: now }
  await db.usageQuarantine.createMany({ data: [{ tenantId, id: v7(), batchId, sourceKey: 'raw-2', windowStart, ...refused }] })
  return { cloudRef, batchId }
}

async function plantBooks({ db, tenantId, now }: TenantContext) {
  const [billingRunId, receivableId, incomeId] = [v7(), v7(), v7()]
  const run = {
    periodStart: new Date('2026-09-01'),
    periodEnd: new Date('2026-10-01'),
    state: 'finished',
    requestedBy: 'test',
    startedAt: now,
  }
  await db.billingRun.createMany({ data: [{ tenantId, id: billingRunId, ...run }] })
  const limits = { changedPercent: 30, wildPercent: 200, wildSharePercent: 20, approvalAbove: {}, changedAt: now }
  await db.billingSettings.createMany({ data: [{ tenantId, ...limits }] })
  await db.numberSeries.createMany({ data: [{ tenantId, id: v7(), documentType: 'invoice', year: 2026, prefix: 'X', lastNumber: 9 }] })
  const issuer = {
    termsId: v7(),
    parentTenantId: v7(),
    slug: 'parent',
    legalName: 'Parent GmbH',
    addressLines: ['Ring 1'],
    country: 'DE',
    email: 'p@example.test',
  }
  await db.documentIssuer.createMany({
    data: [
      {
        tenantId,
        id: v7(),
        ...issuer,
        validFrom: new Date('2026-10-01'),
        validTo: new Date('2026-10-02'),
        acceptedBy: 'test',
        numberPrefix: 'P-R1',
        registrations: [],
        rates: [],
        createdAt: now,
        changedAt: now,
      },
    ],
  })
  await db.numberFormat.createMany({
    data: [{ tenantId, id: v7(), documentType: 'invoice', format: '{prefix}-{year}-{number}', createdAt: now }],
  })
  await db.ledgerAccount.createMany({
    data: [
      { tenantId, id: receivableId, code: 'receivable', kind: 'asset', createdAt: now },
      { tenantId, id: incomeId, code: 'income', kind: 'income', createdAt: now },
    ],
  })
  const closed = { month: new Date('2000-01-01'), state: 'closed', closedBy: 'test', closedAt: now }
  await db.accountingPeriod.createMany({ data: [{ tenantId, id: v7(), ...closed }] })
  return { billingRunId, receivableId, incomeId }
}

async function plantSignIn(tenantId: string): Promise<void> {
  const owner = await inTenant(tenantId, async (ctx) => {
    const user = await ctx.db.user.findFirstOrThrow()
    await saveOneTimeToken(ctx, { userId: user.id, purpose: 'invite', token: v7() })
    return user
  })
  await startSession({ tenantId, host: 'store.localhost', userId: owner.id, userAgent: null, isStrong: false })
  await plantPerson(tenantId, owner.id)
  await plantDirectory(tenantId, owner.id)
}
