import { findSandboxAccount } from '#app/services/gateways/find-sandbox-account.server.ts'
import { inTenant, type PageDeed, type SandboxPage, sandboxDeskOf } from '#app/wiring.server.ts'
import { orNotFound } from '../request/refuse.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

export type { PageDeed, SandboxPage }

/** The payer's side of the sandbox of the seller of the host. @throws 404 where the seller has no sandbox account. */
export async function sandboxDesk(request: Request) {
  const { tenantId } = await tenantOf(request)
  return sandboxDeskOf(orNotFound(await inTenant(tenantId, findSandboxAccount)))
}
