import { inTenant } from '#app/db/context.server.ts'
import { resellerAccounts } from '#app/db/documents/parent-documents.server.ts'

/** The resellers right below a tenant, by the accounts they have there. */
export function mirroredResellers(tenantId: string): Promise<{ accountId: string }[]> {
  return inTenant(tenantId, resellerAccounts)
}
