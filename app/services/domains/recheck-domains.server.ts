import type { TenantContext } from '#app/db/context.server.ts'
import { listMailDomains } from '#app/db/sellers/mail-domains.server.ts'
import { deleteHosts, listStoreDomains, type StoreDomainRow } from '#app/db/sellers/store-domains.server.ts'
import { endOfClaim, endOfQuarantine, type HostState } from '#app/domain/domains/standing.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import { checkHost } from './check-host.server.ts'
import { checkMailDomain } from './check-mail-domain.server.ts'
import type { HostPorts } from './host-ports.ts'
import type { MailDomainPorts } from './mail-ports.ts'

/** What is settled is looked at once a day, at whatever minute the hourly look comes by. */
const settledAgainMs = 23.5 * 3_600_000
const settled: readonly HostState[] = ['active', 'failing']

/**
 * Looks at the hosts and mail domains of a seller that are due: each hour at those it still waits for, daily at the others. Forgets claims
 * that were never proven and hosts whose quarantine is over. Returns how many were looked at.
 */
export async function recheckDomains(process: TenantProcess<HostPorts & MailDomainPorts>): Promise<number> {
  const due = await process.inTenant(async (ctx) => {
    const hosts = await listStoreDomains(ctx)
    const over = hosts.filter((row) => isOver(row, ctx.now))
    await deleteHosts(
      ctx,
      over.map(({ id }) => id),
    )
    const mail = await listMailDomains(ctx)
    return {
      hosts: hosts.filter((row) => row.kind === 'custom' && row.state !== 'released' && !over.includes(row) && isDue(ctx, row)),
      mail: mail.filter((row) => isDue(ctx, row)),
    }
  })
  // One after the other: name servers of strangers, each with its own patience.
  for (const { id } of due.hosts) await checkHost(process, { id })
  for (const { id } of due.mail) await checkMailDomain(process, id)
  return due.hosts.length + due.mail.length
}

function isDue({ now }: TenantContext, { state, checkedAt }: { state: HostState; checkedAt: Date | null }): boolean {
  return !settled.includes(state) || !checkedAt || now.getTime() - checkedAt.getTime() >= settledAgainMs
}

function isOver({ kind, state, releasedAt, verifiedAt, createdAt }: StoreDomainRow, now: Date): boolean {
  if (kind === 'fallback') return false
  if (releasedAt) return endOfQuarantine(releasedAt) <= now
  return (state === 'added' || state === 'verifying') && !verifiedAt && endOfClaim(createdAt) <= now
}
