import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { lockStoreDomain, makePrimary } from '#app/db/sellers/store-domains.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type MakeMainHostError = 'host-not-found' | 'host-not-active'

/** Makes a host the one that links in mails and pages start with; the seller's other own hosts lead to it. It must lead here. */
export async function makeMainHost(ctx: TenantContext, hostId: string): Promise<Result<{ host: string }, MakeMainHostError>> {
  const row = await lockStoreDomain(ctx, hostId)
  if (!row || row.state === 'released') return err('host-not-found')
  if (row.state !== 'active') return err('host-not-active')
  if (!row.isPrimary) {
    await makePrimary(ctx, row.id)
    await audit(ctx, { action: 'host.made-main', subjectKind: 'host', subjectId: row.id, detail: { host: row.host } })
  }
  return ok({ host: row.host })
}
