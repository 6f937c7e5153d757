import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { countOwnHosts, findStoreDomain, hasLookAlike, insertHost, type NewHost, reviveHost } from '#app/db/sellers/store-domains.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import type { HostPorts } from './host-ports.ts'
import { type HostProblem, readStoreHost } from './store-host.ts'

export type AddHostError = HostProblem | 'host-already-added' | 'host-not-available' | 'too-many-hosts'

const mostHosts = 20

/**
 * Adds a host of the seller's own, to be proven by a record in its name server. A host that somebody else holds, or gave back a short while
 * ago, is `host-not-available`, which names nobody; one the tenant itself gave back is its own again at once.
 */
export async function addHost(
  process: TenantProcess<Pick<HostPorts, 'baseDomain'>>,
  typed: string,
): Promise<Result<{ hostId: string; host: string }, AddHostError>> {
  const read = readStoreHost(typed, process.ports.baseDomain)
  if (!read.ok) return read
  if (await hasLookAlike(process.tenantId, read.value)) return err('host-looks-alike')
  return process.inTenant((ctx) => claim(ctx, read.value))
}

async function claim(ctx: TenantContext, wanted: NewHost): Promise<Result<{ hostId: string; host: string }, AddHostError>> {
  const { host } = wanted
  const own = await findStoreDomain(ctx, { host })
  if (own && own.state !== 'released') return err('host-already-added')
  if ((await countOwnHosts(ctx)) >= mostHosts) return err('too-many-hosts')
  if (own) await reviveHost(ctx, own.id)
  const hostId = own ? own.id : await insertHost(ctx, wanted)
  if (!hostId) return err('host-not-available')
  await audit(ctx, { action: 'host.added', subjectKind: 'host', subjectId: hostId, detail: { host } })
  return ok({ hostId, host })
}
