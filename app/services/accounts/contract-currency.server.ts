import type { TenantContext } from '#app/db/context.server.ts'
import { readContractCurrency } from '#app/db/people/accounts.server.ts'

/** The currency an account is billed in; null while it has no contract. Reads the seller's office scope: a department's is its enterprise's. */
export function contractCurrency(ctx: TenantContext, accountId: string): Promise<string | null> {
  return readContractCurrency(ctx, accountId)
}
