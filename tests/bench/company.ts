import { insertPriceRules } from '#app/db/catalog/price-rules.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { buildAccount, buildContract, buildPriceBook, buildProduct, buildSubscription, buildTenant } from '#tests/support/builders.ts'
import { buildCloud, buildMapping } from '#tests/support/usage.ts'
import { benchPrices } from './prices.ts'

/** A seller with the accounts it rates for; each has a contract and, at the lower level, a subscription. */
export type Level = { readonly tenantId: string; readonly buyers: readonly Buyer[] }
export type Buyer = { readonly accountId: string; readonly contractId: string; readonly subscriptionId: string | null }
export type Company = { readonly provider: Level; readonly reseller: Level; readonly cloudRef: string }

export const customers = 200

/** The cloud's own name of the customer with this number. */
export const customerRef = (number: number) => `acc-${number}`

/** A provider that sells to one reseller, which sells to 200 customers: one price book at each level, 31 prices each. */
export async function buildCompany(): Promise<Company> {
  const provider = await buildTenant()
  const reseller = await buildTenant()
  const cloudRef = await buildCloud(provider)
  const buyBook = await buildBook(provider, '1')
  const partner = await buildBuyer(provider, buyBook)
  await inTenant(provider, ({ db }) =>
    db.account.updateMany({ where: { tenantId: provider, id: partner.accountId }, data: { childTenantId: reseller } }),
  )
  const sellBook = await buildBook(reseller, '1.35')
  const productId = await buildProduct(reseller)
  const buyers: Buyer[] = []
  for (let number = 0; number < customers; number += 1) {
    const { accountId, contractId } = await buildBuyer(reseller, sellBook)
    await buildMapping(reseller, { cloudRef, ref: customerRef(number), accountId })
    const subscription = { accountId, contractId, productId, startedAt: '2026-03-15T08:00:00Z' }
    buyers.push({ accountId, contractId, subscriptionId: await buildSubscription(reseller, subscription) })
  }
  return { cloudRef, provider: { tenantId: provider, buyers: [partner] }, reseller: { tenantId: reseller, buyers } }
}

async function buildBuyer(tenantId: string, priceBookId: string): Promise<Buyer> {
  const accountId = await buildAccount(tenantId)
  return { accountId, contractId: await buildContract(tenantId, { accountId, priceBookId }), subscriptionId: null }
}

async function buildBook(tenantId: string, factor: string): Promise<string> {
  const { priceBookId, priceVersionId } = await buildPriceBook(tenantId, [])
  await inTenant(tenantId, (ctx) => insertPriceRules(ctx, { priceVersionId, isPublic: false, rules: benchPrices(factor) }))
  return priceBookId
}
