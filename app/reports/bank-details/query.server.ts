import type { TenantContext } from '#app/db/context.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { BankDetails } from '#app/domain/bank/bank-details.ts'

/** Where the seller is paid; null until it tells. */
export async function readBankDetails(ctx: TenantContext): Promise<BankDetails | null> {
  return (await ownTenant(ctx))?.bank ?? null
}
