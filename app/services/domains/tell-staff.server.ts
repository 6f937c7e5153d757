import { staffWith } from '#app/db/people/people.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { listMailDomains, noteMailTold } from '#app/db/sellers/mail-domains.server.ts'
import { listStoreDomains, noteTold } from '#app/db/sellers/store-domains.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { CheckedRecord } from '#app/domain/domains/records.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** What staff is told of a name whose records are gone. */
export type DomainNotice = {
  readonly kind: 'host' | 'mail'
  readonly domain: string
  /** The records that are not as they must be. */
  readonly wrong: readonly CheckedRecord[]
  readonly missingSince: Date
  readonly to: { readonly name: string; readonly address: string; readonly language: string }
  readonly seller: { readonly slug: string; readonly host: string; readonly timeZone: string }
}

export type DomainNoticePorts = { readonly mailer: Mailer; compose(notice: DomainNotice): Promise<Omit<Mail, 'key'>> }

type Failing = Omit<DomainNotice, 'to' | 'seller'> & { readonly id: string }

/**
 * Mails everybody of the seller who looks after domains that one fails, once for each time it does. Safe to repeat: a mail that was handed
 * over but not noted is handed over again under the same key. Returns how many names they were told of.
 */
export async function tellStaffOfFailing(process: TenantProcess<DomainNoticePorts>): Promise<number> {
  const { failing, staff, seller } = await process.inTenant(async (ctx) => {
    const [tenant, host] = [await ownTenant(ctx), await primaryHost(ctx)]
    invariant(tenant && host, `tenant ${ctx.tenantId} has no store domain`)
    return {
      failing: [
        ...(await listStoreDomains(ctx)).flatMap((row) => failingOf('host', { ...row, domain: row.host })),
        ...(await listMailDomains(ctx)).flatMap((row) => failingOf('mail', row)),
      ],
      staff: await staffWith(ctx, 'domain:write'),
      seller: { slug: tenant.slug, host, timeZone: tenant.timeZone },
    }
  })
  for (const { id, ...notice } of failing) {
    for (const to of staff) {
      const key = `domain-failing:${id}:${notice.missingSince.toISOString()}:${to.address}`
      await process.ports.mailer.send({ key, ...(await process.ports.compose({ ...notice, to, seller })) })
    }
    await process.inTenant((ctx) => (notice.kind === 'host' ? noteTold(ctx, id) : noteMailTold(ctx, id)))
  }
  return failing.length
}

type Row = {
  readonly id: string
  readonly domain: string
  readonly state: string
  readonly missingSince: Date | null
  readonly toldAt: Date | null
  readonly records: readonly CheckedRecord[]
}

function failingOf(kind: Failing['kind'], { id, domain, state, missingSince, toldAt, records }: Row): Failing[] {
  if (state !== 'failing' || toldAt || !missingSince) return []
  return [{ id, kind, domain, missingSince, wrong: records.filter(({ isGood }) => !isGood) }]
}
