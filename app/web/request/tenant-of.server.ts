import { type HostTenant, tenantForHost } from '#app/services/tenancy/tenant-for-host.server.ts'
import { brandOf } from '#app/wiring.server.ts'
import { wear } from '../branding/brand.server.ts'
import { hostOf } from './host.ts'

/** How long an answer stands: a host that is released stops answering this much later. */
const keepMs = 5_000
const keepAtMost = 2_000

const answers = new Map<string, { tenant: HostTenant | null; until: number }>()

/**
 * The tenant whose verified host this is, dressed in its brand; null when it is nobody's. Forwarded headers are never read.
 */
export async function findTenant(hostHeader: string | null | undefined): Promise<HostTenant | null> {
  const host = hostOf(hostHeader)
  const tenant = host ? await tenantAt(host) : null
  if (tenant) wear(tenant, await brandOf(tenant.slug))
  return tenant
}

async function tenantAt(host: string): Promise<HostTenant | null> {
  const known = answers.get(host)
  if (known && known.until > performance.now()) return known.tenant

  const tenant = await tenantForHost(host)
  if (answers.size >= keepAtMost) answers.clear()
  answers.set(host, { tenant, until: performance.now() + keepMs })
  return tenant
}

/** The tenant a request is for. @throws a plain 404 that names nobody when the host is unknown. */
export async function tenantOf(request: Request): Promise<HostTenant> {
  const tenant = await findTenant(request.headers.get('host'))
  if (!tenant) throw new Response('Not found', { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' } })
  return tenant
}
