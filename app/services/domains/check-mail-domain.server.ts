import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { findMailDomain, lockMailDomain, type MailDomainRow, saveMailLook } from '#app/db/sellers/mail-domains.server.ts'
import { keyName, mailRecords, policyName } from '#app/domain/domains/mail-records.ts'
import type { CheckedRecord } from '#app/domain/domains/records.ts'
import { type HostState, judge } from '#app/domain/domains/standing.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { DnsUnavailableError } from '#app/ports/dns-resolver.ts'
import type { TenantProcess } from '../tenant-process.server.ts'
import type { MailDomainPorts } from './mail-ports.ts'
import { registrableOf } from './store-host.ts'

export type CheckMailDomainError = 'mail-domain-not-found' | 'dns-unavailable'
export type CheckedMailDomain = { readonly state: HostState; readonly records: readonly CheckedRecord[] }

/**
 * Asks name servers for key, senders and policy of a mail domain and writes where it stands: with all three mails may come from it, and
 * three days without one they come from the installation's neutral address again. When nobody answers nothing changes.
 */
export async function checkMailDomain(
  process: TenantProcess<MailDomainPorts>,
  id: string,
): Promise<Result<CheckedMailDomain, CheckMailDomainError>> {
  const row = await process.inTenant((ctx) => findMailDomain(ctx, { id }))
  if (!row) return err('mail-domain-not-found')
  try {
    const records = await lookUp(process.ports, row)
    return await process.inTenant((ctx) => note(ctx, id, records))
  } catch (failure) {
    if (failure instanceof DnsUnavailableError) return err('dns-unavailable')
    throw failure
  }
}

async function lookUp({ dns, spfDomain }: MailDomainPorts, row: MailDomainRow): Promise<readonly CheckedRecord[]> {
  const [dkim, texts, own] = await Promise.all([dns.texts(keyName(row)), dns.texts(row.domain), dns.texts(policyName(row.domain))])
  // A domain without a policy of its own goes by the one of the registered name above it.
  const above = registrableOf(row.domain)
  const dmarc = own.length > 0 || above === row.domain ? own : await dns.texts(policyName(above))
  return mailRecords({ ...row, spfDomain }, { dkim, texts, dmarc })
}

async function note(
  ctx: TenantContext,
  id: string,
  records: readonly CheckedRecord[],
): Promise<Result<CheckedMailDomain, CheckMailDomainError>> {
  const row = await lockMailDomain(ctx, id)
  if (!row) return err('mail-domain-not-found')
  const isComplete = records.every(({ isGood }) => isGood)
  const { state, verifiedAt, missingSince } = row
  const standing = judge({ state, verifiedAt, missingSince }, { hasProof: isComplete, isPointing: isComplete }, ctx.now)
  await saveMailLook(ctx, id, { ...standing, records })
  if (standing.state !== state) {
    const detail = { domain: row.domain, from: state, to: standing.state }
    await audit(ctx, { action: 'mail-domain.state-changed', subjectKind: 'mail-domain', subjectId: id, detail })
  }
  return ok({ state: standing.state, records })
}
