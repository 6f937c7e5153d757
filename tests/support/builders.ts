import { v7 } from 'uuid'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import type { Prisma } from '#app/db/generated/client.ts'

/** The instant at which everything that is built was created, unless a test says otherwise. */
export const builtAt = new Date('2026-01-01T00:00:00Z')

export type SellerFacts = {
  readonly slug?: string
  readonly legalName?: string
  readonly country?: string
  readonly currency?: string
  readonly timeZone?: string
  readonly language?: string
  readonly vatId?: string | null
  readonly numberPrefix?: string
}

/** A seller of its own: Meridian Grid GmbH, Frankfurt, unless the test says otherwise. Returns its id. */
export async function buildTenant(facts: SellerFacts = {}): Promise<string> {
  const tenantId = v7()
  const data = {
    tenantId,
    slug: facts.slug ?? 'meridian',
    kind: 'provider',
    legalName: facts.legalName ?? 'Meridian Grid GmbH',
    depth: 0,
    country: facts.country ?? 'DE',
    currency: facts.currency ?? 'EUR',
    timeZone: facts.timeZone ?? 'Europe/Berlin',
    language: facts.language ?? 'de',
    vatId: facts.vatId === undefined ? 'DE123456788' : facts.vatId,
    addressLines: ['Mainzer Landstraße 1', '60329 Frankfurt am Main'],
    email: 'billing@seller.example',
    numberPrefix: facts.numberPrefix ?? 'MG',
    status: 'active',
    createdAt: builtAt,
  }
  const answering = { kind: 'fallback', state: 'active', isPrimary: true, verifiedAt: builtAt, createdAt: builtAt, records: [] }
  const domain = { tenantId, id: v7(), host: `${tenantId}.localhost`, ...answering }
  await inTenant(tenantId, async ({ db }) => {
    await db.tenant.createMany({ data: [data] })
    await db.storeDomain.createMany({ data: [domain] })
  })
  return tenantId
}

export type BuyerFacts = {
  readonly name?: string
  readonly kind?: 'personal' | 'business' | 'enterprise'
  readonly country?: string
  readonly email?: string
  readonly language?: string
  readonly vatId?: string | null
  readonly vatIdStatus?: 'none' | 'valid' | 'invalid' | 'pending'
  readonly parentAccountId?: string | null
}

/** A buyer in `tenantId`: a German business without a VAT id, unless the test says otherwise. Returns its id. */
export async function buildAccount(tenantId: string, facts: BuyerFacts = {}): Promise<string> {
  const id = v7()
  const data = {
    tenantId,
    id,
    parentAccountId: facts.parentAccountId ?? null,
    kind: facts.kind ?? 'business',
    name: facts.name ?? 'Brandt Versand GmbH',
    email: facts.email ?? `${id}@buyer.example`,
    language: facts.language ?? 'de',
    country: facts.country ?? 'DE',
    addressLines: ['Hafenstraße 2', '20457 Hamburg'],
    vatId: facts.vatId ?? null,
    vatIdStatus: facts.vatIdStatus ?? (facts.vatId ? 'valid' : 'none'),
    status: 'active',
    createdAt: builtAt,
  }
  await inTenant(tenantId, ({ db }) => db.account.createMany({ data: [data] }))
  return id
}

export type RuleFacts = {
  readonly feeKind: 'setup' | 'recurring' | 'usage'
  readonly price: string
  readonly productId?: string
  readonly meter?: string
  readonly unit?: string
  readonly included?: string
  /** How often a recurring fee comes up; every month unless said. */
  readonly interval?: 'year' | 'week' | 'day'
}

export type BuiltBook = { readonly priceBookId: string; readonly priceVersionId: string; readonly ruleIds: readonly string[] }

/** A price book with one version that applies from 2026 on. The rules keep their order. */
export async function buildPriceBook(tenantId: string, rules: readonly RuleFacts[], currency = 'EUR'): Promise<BuiltBook> {
  const priceBookId = v7()
  const priceVersionId = v7()
  const rows = rules.map((rule) => ({
    tenantId,
    id: v7(),
    priceVersionId,
    isPublic: false,
    feeKind: rule.feeKind,
    productId: rule.productId ?? null,
    meter: rule.meter ?? null,
    unit: rule.unit ?? (rule.feeKind === 'usage' ? 'GB' : rule.feeKind === 'setup' ? 'piece' : 'month'),
    unitPrice: rule.price,
    included: rule.included ?? '0',
    intervalUnit: rule.interval ?? null,
    intervalCount: rule.interval ? 1 : null,
    cap: null,
    match: {},
  }))
  await inTenant(tenantId, async ({ db }) => {
    await db.priceBook.createMany({
      data: [{ tenantId, id: priceBookId, code: priceBookId, name: 'Book', currency, isPublic: false, createdAt: builtAt }],
    })
    await db.priceVersion.createMany({
      data: [
        { tenantId, id: priceVersionId, priceBookId, number: 1, isPublic: false, validFrom: builtAt, validTo: null, createdAt: builtAt },
      ],
    })
    await db.priceRule.createMany({ data: rows })
  })
  return { priceBookId, priceVersionId, ruleIds: rows.map((row) => row.id) }
}

export type ContractFacts = {
  readonly accountId: string
  readonly priceBookId: string
  readonly currency?: string
  readonly feesInAdvance?: boolean
  /** Each order is invoiced on its day; fees are in advance then. */
  readonly invoicesOrders?: boolean
  readonly paymentDays?: number
  readonly billingDay?: number
  readonly startsOn?: string
  /** Greatest debt in minor units; far beyond what tests order when left out. */
  readonly creditLimitMinor?: bigint
  /** How often it is invoiced; by the calendar month when left out. */
  readonly cycle?: { readonly unit: 'day' | 'week' | 'month' | 'year'; readonly count?: number; readonly day?: number }
}

/** A contract from January 2026 on: calendar months in arrears, 14 days to pay, unless the test says otherwise. Returns its id. */
export async function buildContract(tenantId: string, facts: ContractFacts): Promise<string> {
  const id = v7()
  const data = {
    tenantId,
    id,
    accountId: facts.accountId,
    priceBookId: facts.priceBookId,
    currency: facts.currency ?? 'EUR',
    paymentDays: facts.paymentDays ?? 14,
    billingAnchor: facts.billingDay ? 'anniversary' : 'calendar',
    billingDay: facts.billingDay ?? 1,
    feesInAdvance: facts.feesInAdvance ?? facts.invoicesOrders ?? false,
    invoicesOrders: facts.invoicesOrders ?? false,
    pricing: 'buy-price-book',
    chargeTrigger: 'on-usage',
    collectsPayments: 'child',
    issuer: 'child',
    creditLimitMinor: facts.creditLimitMinor ?? 10_000_000n,
    cycleUnit: facts.cycle?.unit ?? 'month',
    cycleCount: facts.cycle?.count ?? 1,
    cycleDay: facts.cycle?.day ?? null,
    startsOn: facts.startsOn ? new Date(facts.startsOn) : builtAt,
    createdAt: builtAt,
  }
  await inTenant(tenantId, ({ db }) => db.contract.createMany({ data: [data] }))
  return id
}

/** A published plan prorated by `proration`. Returns its id. */
export async function buildProduct(tenantId: string, name = 'Web 1', proration: 'none' | 'day' | 'second' = 'day'): Promise<string> {
  const id = v7()
  const data = {
    tenantId,
    id,
    code: `${name}-${id}`,
    kind: 'plan',
    name: { en: name, de: name },
    description: {},
    spec: { proration },
    position: 1,
    status: 'published',
    createdAt: builtAt,
  }
  await inTenant(tenantId, ({ db }) => db.product.createMany({ data: [data] }))
  return id
}

export type SubscriptionFacts = {
  readonly accountId: string
  readonly contractId: string
  readonly productId: string
  readonly startedAt: string
  readonly endedAt?: string
  readonly name?: string
}

/** A running subscription, or an ended one. Returns its id. */
export async function buildSubscription(tenantId: string, facts: SubscriptionFacts): Promise<string> {
  const id = v7()
  const endedAt = facts.endedAt ? new Date(facts.endedAt) : null
  const data = {
    tenantId,
    id,
    accountId: facts.accountId,
    contractId: facts.contractId,
    productId: facts.productId,
    name: facts.name ?? 'shop-01',
    state: endedAt ? 'ended' : 'active',
    startedAt: new Date(facts.startedAt),
    endedAt,
    createdAt: builtAt,
  }
  const main = {
    tenantId,
    id: v7(),
    subscriptionId: id,
    accountId: facts.accountId,
    productId: facts.productId,
    role: 'main',
    quantity: '1',
    startsAt: data.startedAt,
    endsAt: endedAt,
    cause: 'order',
    createdBy: 'livery',
    createdAt: builtAt,
  }
  await inTenant(tenantId, async ({ db }) => {
    await db.subscription.createMany({ data: [data] })
    await db.subscriptionItem.createMany({ data: [main] })
  })
  return id
}

export type ChargeFacts = {
  readonly accountId: string
  readonly contractId: string
  readonly payerAccountId?: string
  readonly priceVersionId: string
  readonly priceRuleId: string
  /** First day of the billing month, e.g. `2026-06-01`. */
  readonly billingPeriod: string
  /** The day it was used on; the first of the billing month when left out. */
  readonly day?: string
  readonly amount: string
  readonly quantity?: string
  readonly included?: string
  readonly billed?: string
  readonly unitPrice?: string
  readonly subscriptionId?: string
  readonly productId?: string
  readonly meter?: string
  readonly unit?: string
  readonly currency?: string
  readonly resourceId?: string
  readonly resourceName?: string
  readonly isCorrection?: boolean
}

function usageCharge(tenantId: string, facts: ChargeFacts): Prisma.ChargeCreateManyInput {
  const id = v7()
  const quantity = facts.quantity ?? '1'
  return {
    tenantId,
    id,
    accountId: facts.accountId,
    payerAccountId: facts.payerAccountId ?? facts.accountId,
    contractId: facts.contractId,
    subscriptionId: facts.subscriptionId ?? null,
    productId: facts.productId ?? null,
    sourceKey: `usage:${id}`,
    category: 'Usage',
    class: facts.isCorrection ? 'Correction' : '',
    frequency: 'Usage-Based',
    feeKind: 'usage',
    meter: facts.meter ?? 'traffic.sent',
    unit: facts.unit ?? 'GB',
    quantity,
    includedQuantity: facts.included ?? '0',
    billedQuantity: facts.billed ?? quantity,
    unitPrice: facts.unitPrice ?? '1',
    amount: facts.amount,
    currency: facts.currency ?? 'EUR',
    priceVersionId: facts.priceVersionId,
    priceRuleId: facts.priceRuleId,
    reason: { kind: 'usage' },
    resourceId: facts.resourceId ?? null,
    resourceName: facts.resourceName ?? null,
    periodStart: new Date(`${facts.day ?? facts.billingPeriod}T06:00:00Z`),
    periodEnd: new Date(`${facts.day ?? facts.billingPeriod}T07:00:00Z`),
    billingPeriod: new Date(facts.billingPeriod),
    createdAt: builtAt,
  }
}

/** Rated usage that waits for an invoice. */
export async function buildCharges(tenantId: string, charges: readonly ChargeFacts[]): Promise<void> {
  await inTenant(tenantId, ({ db }) => db.charge.createMany({ data: charges.map((facts) => usageCharge(tenantId, facts)) }))
}

/** Runs `work` in the office of `tenantId`. */
export function asOffice<T>(tenantId: string, work: (ctx: TenantContext) => Promise<T>): Promise<T> {
  return inTenant(tenantId, work)
}
