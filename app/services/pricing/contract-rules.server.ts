import { readPriceRules, type StoredPriceRule } from '#app/db/catalog.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'

export type PricedContract = { readonly contractId: string; readonly priceBookId: string; readonly currency: string }

/** The prices of each contract, every version in force now or ever; a price in another currency is no price of it. */
export async function rulesOfContracts(
  ctx: TenantContext,
  contracts: readonly PricedContract[],
): Promise<ReadonlyMap<string, readonly StoredPriceRule[]>> {
  const rules = await readPriceRules(ctx, [...new Set(contracts.map(({ priceBookId }) => priceBookId))])
  return new Map(
    contracts.map(({ contractId, priceBookId, currency }) => [
      contractId,
      rules.filter((rule) => rule.priceBookId === priceBookId && rule.currency === currency),
    ]),
  )
}
