import { domainToASCII } from 'node:url'
import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { deleteHosts, listStoreDomains, lockStoreDomain, makePrimary, markReleased } from '#app/db/sellers/store-domains.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type ReleaseHostError = 'host-not-found' | 'host-always-works' | 'name-differs'

/**
 * Gives a host back when `typed` is its name. It stops answering at once; one that was proven is kept from other sellers for 30 days, since
 * customers still know it. Links start with the host below the installation's own domain again when it was the main one.
 */
export async function releaseHost(ctx: TenantContext, input: { hostId: string; typed: string }): Promise<Result<null, ReleaseHostError>> {
  const row = await lockStoreDomain(ctx, input.hostId)
  if (!row || row.state === 'released') return err('host-not-found')
  if (row.kind === 'fallback') return err('host-always-works')
  if (domainToASCII(input.typed.trim()).toLowerCase() !== row.host) return err('name-differs')

  if (row.verifiedAt) await markReleased(ctx, row.id)
  else await deleteHosts(ctx, [row.id])
  if (row.isPrimary) {
    const fallback = (await listStoreDomains(ctx)).find(({ kind }) => kind === 'fallback')
    if (fallback) await makePrimary(ctx, fallback.id)
  }
  await audit(ctx, { action: 'host.released', subjectKind: 'host', subjectId: row.id, detail: { host: row.host } })
  return ok(null)
}
