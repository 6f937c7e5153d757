import { domainToUnicode } from 'node:url'
import type { TenantContext } from '#app/db/context.server.ts'
import { findMailDomain } from '#app/db/sellers/mail-domains.server.ts'
import { findStoreDomain, listStoreDomains, type StoreDomainRow } from '#app/db/sellers/store-domains.server.ts'
import { hostRecords } from '#app/domain/domains/host-records.ts'
import { endOfClaim, endOfQuarantine } from '#app/domain/domains/standing.ts'
import type { HostView, MailDomainView } from './shape.ts'

/** The hosts of the seller, the one that always works first. */
export async function readHosts(ctx: TenantContext): Promise<HostView[]> {
  const rows = await listStoreDomains(ctx)
  return rows.map((row) => viewOf(row, fallbackOf(rows)))
}

/** One host of the seller's own; null when there is none of that id. */
export async function readOwnHost(ctx: TenantContext, id: string): Promise<HostView | null> {
  const row = await findStoreDomain(ctx, { id })
  return row && row.kind === 'custom' ? viewOf(row, fallbackOf(await listStoreDomains(ctx))) : null
}

/** The mail domain of that name; null while it is not set up. */
export async function readMailDomain(ctx: TenantContext, domain: string): Promise<MailDomainView | null> {
  const row = await findMailDomain(ctx, { domain })
  if (!row) return null
  const { id, state, checkedAt, missingSince, records } = row
  return { id, domain, state, checkedAt, missingSince, records }
}

function fallbackOf(rows: readonly StoreDomainRow[]): string {
  return rows.find(({ kind }) => kind === 'fallback')?.host ?? ''
}

function viewOf(row: StoreDomainRow, fallbackHost: string): HostView {
  const { id, host, kind, isPrimary, state, checkedAt, missingSince } = row
  return {
    id,
    host,
    state,
    checkedAt,
    missingSince,
    shownHost: domainToUnicode(host) || host,
    isFallback: kind === 'fallback',
    isMain: isPrimary,
    freeAt: freeAtOf(row),
    records: row.records.length > 0 ? row.records : wantedOf(row, fallbackHost),
  }
}

function freeAtOf({ kind, state, releasedAt, verifiedAt, createdAt }: StoreDomainRow): Date | null {
  if (releasedAt) return endOfQuarantine(releasedAt)
  return kind === 'custom' && state !== 'released' && !verifiedAt ? endOfClaim(createdAt) : null
}

/** What a host needs before anybody has looked at it. */
function wantedOf({ host, token, registrable }: StoreDomainRow, fallbackHost: string): HostView['records'] {
  if (!token) return []
  const facts = { host, token, fallbackHost, isApex: host === registrable, addresses: [] }
  return hostRecords(facts, { texts: [], aliases: [], addresses: [] })
}
