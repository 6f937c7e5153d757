import { growTenant } from '#tests/support/tree.ts'
import { plantBuyer } from './plant-buyer.ts'
import { plantPayer } from './plant-purchases.ts'
import { plantSeller } from './plant-seller.ts'

/** A seller and its buyers; the last two are an enterprise and its department. */
export type PlantedTenant = { readonly slug: string; readonly tenantId: string; readonly accountIds: readonly string[] }

/** One provider with two resellers, each with customers of its own, and rows of every kind everywhere. */
export async function plantWholeTree(): Promise<PlantedTenant[]> {
  const provider = await growTenant('meridian')
  const tenants = [
    { slug: 'meridian', tenantId: provider },
    { slug: 'ahorn', tenantId: await growTenant('ahorn', provider) },
    { slug: 'lakeside', tenantId: await growTenant('lakeside', provider) },
  ]
  const planted: PlantedTenant[] = []
  for (const tenant of tenants) planted.push({ ...tenant, accountIds: await plantBuyers(tenant.tenantId) })
  return planted
}

async function plantBuyers(tenantId: string): Promise<string[]> {
  const seller = await plantSeller(tenantId)
  const [one, two] = [await plantBuyer(seller, { kind: 'personal' }), await plantBuyer(seller, {})]
  const enterprise = await plantBuyer(seller, { kind: 'enterprise' })
  await plantPayer(tenantId, { accountId: one, payerAccountId: two })
  return [one, two, enterprise, await plantBuyer(seller, { parentAccountId: enterprise })]
}
