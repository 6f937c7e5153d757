import { type HostTenant as FoundTenant, tenantOfVerifiedHost } from '#app/db/sellers/hosts.server.ts'

/** The seller behind a host. */
export type HostTenant = Omit<FoundTenant, 'hostKind' | 'mainKind'> & {
  /** Where the pages of this host have gone: one of the seller's own hosts leads to its main one. Null for the host to stay at. */
  readonly movedTo: string | null
}

/**
 * The tenant that answers at `host`; null when it is nobody's, not verified, or its tenant is closed. Compared letter by
 * letter: an upper-case spelling, a port or a trailing dot is another host. The caller keeps answers for some seconds.
 */
export async function tenantForHost(host: string): Promise<HostTenant | null> {
  const found = await tenantOfVerifiedHost(host)
  if (!found || found.status === 'closed') return null
  const { hostKind, mainKind, ...tenant } = found
  const isMoved = hostKind === 'custom' && mainKind === 'custom' && tenant.mainHost !== host
  return { ...tenant, movedTo: isMoved ? tenant.mainHost : null }
}
