import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { findStoreDomain, listStoreDomains, lockStoreDomain, type StoreDomainRow, saveLook } from '#app/db/sellers/store-domains.server.ts'
import { findingOf, type HostFacts, hostRecords, proofName } from '#app/domain/domains/host-records.ts'
import type { CheckedRecord } from '#app/domain/domains/records.ts'
import { type HostState, judge } from '#app/domain/domains/standing.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { DnsUnavailableError } from '#app/ports/dns-resolver.ts'
import type { HostPorts, HostProcess } from './host-ports.ts'

export type CheckHostError = 'host-not-found' | 'dns-unavailable'
export type CheckedHost = { readonly host: string; readonly state: HostState; readonly records: readonly CheckedRecord[] }

/**
 * Asks name servers for the records of a host and writes where it stands by them. When they do not answer, nothing is known and nothing
 * changes.
 */
export async function checkHost(
  process: HostProcess,
  which: { id: string } | { host: string },
): Promise<Result<CheckedHost, CheckHostError>> {
  const found = await process.inTenant(async (ctx) => ({
    row: await findStoreDomain(ctx, which),
    fallbackHost: (await listStoreDomains(ctx)).find(({ kind }) => kind === 'fallback')?.host,
  }))
  const { row, fallbackHost } = found
  if (!row || !isOwn(row) || !fallbackHost) return err('host-not-found')
  try {
    const records = await lookUp(process.ports, { row, fallbackHost })
    return await process.inTenant((ctx) => note(ctx, row, records))
  } catch (failure) {
    if (failure instanceof DnsUnavailableError) return err('dns-unavailable')
    throw failure
  }
}

type OwnHost = StoreDomainRow & { readonly token: string }

function isOwn(row: StoreDomainRow): row is OwnHost {
  return row.kind === 'custom' && row.state !== 'released' && row.token !== null
}

async function lookUp(ports: HostPorts, { row, fallbackHost }: { row: OwnHost; fallbackHost: string }): Promise<readonly CheckedRecord[]> {
  const { host, token, registrable } = row
  const { dns } = ports
  const [texts, aliases, addresses, ours] = await Promise.all([
    dns.texts(proofName(host)),
    dns.aliases(host),
    dns.addresses(host),
    ports.addresses.length > 0 ? ports.addresses : dns.addresses(fallbackHost),
  ])
  const facts: HostFacts = { host, token, fallbackHost, isApex: host === registrable, addresses: ours }
  return hostRecords(facts, { texts, aliases, addresses })
}

async function note(ctx: TenantContext, looked: OwnHost, records: readonly CheckedRecord[]): Promise<Result<CheckedHost, CheckHostError>> {
  const row = await lockStoreDomain(ctx, looked.id)
  // Given back, or taken back with another proof, while the name servers were asked.
  if (!row || !isOwn(row) || row.token !== looked.token) return err('host-not-found')
  const standing = judge({ state: row.state, verifiedAt: row.verifiedAt, missingSince: row.missingSince }, findingOf(records), ctx.now)
  await saveLook(ctx, row.id, { ...standing, records })
  if (standing.state !== row.state) {
    const detail = { host: row.host, from: row.state, to: standing.state }
    await audit(ctx, { action: 'host.state-changed', subjectKind: 'host', subjectId: row.id, detail })
  }
  return ok({ host: row.host, state: standing.state, records })
}
