import type { TenantContext } from '#app/db/context.server.ts'
import { readContractCurrency } from '#app/db/people/accounts.server.ts'
import { sellerMonth } from '../seller-month.server.ts'

/** The currency an account is billed in; the seller's where it has no contract. */
export async function readAccountCurrency(ctx: TenantContext, accountId: string): Promise<string> {
  return (await readContractCurrency(ctx, accountId)) ?? (await sellerMonth(ctx)).currency
}
