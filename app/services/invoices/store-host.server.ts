import { inTenant } from '#app/db/context.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'

/** The host that links in a seller's mails lead to. @throws InvariantError when the seller has no store domain. */
export async function storeHostOf(tenantId: string): Promise<string> {
  const host = await inTenant(tenantId, primaryHost)
  invariant(host, `tenant ${tenantId} has no store domain`)
  return host
}
