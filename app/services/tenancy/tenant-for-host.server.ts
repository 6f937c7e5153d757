import { type HostTenant, tenantOfVerifiedHost } from '#app/db/hosts.server.ts'

export type { HostTenant }

/**
 * The tenant that answers at `host`; null when it is nobody's, not verified, or its tenant is closed. Compared letter by
 * letter: an upper-case spelling, a port or a trailing dot is another host. The caller keeps answers for some seconds.
 */
export async function tenantForHost(host: string): Promise<HostTenant | null> {
  const tenant = await tenantOfVerifiedHost(host)
  return tenant && tenant.status !== 'closed' ? tenant : null
}
