import { discountsOf, productGroupsById } from '#app/db/catalog/discounts.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { Discount } from '#app/domain/promo/discount.ts'

/** What reduces the invoices of some contracts: their discounts, and the product groups these speak of. */
export type Reductions = {
  readonly discounts: ReadonlyMap<string, readonly Discount[]>
  readonly productGroups: ReadonlyMap<string, string>
}

/** The discounts of `contractIds`, by contract, as they stand: nothing is written, nothing is held. */
export async function gatherDiscounts(ctx: TenantContext, contractIds: readonly string[]): Promise<Reductions> {
  const known = await discountsOf(ctx, contractIds)
  const discounts = new Map<string, Discount[]>()
  for (const { contractId, discount } of known) discounts.set(contractId, [...(discounts.get(contractId) ?? []), discount])
  return { discounts, productGroups: known.length > 0 ? await productGroupsById(ctx) : new Map() }
}
