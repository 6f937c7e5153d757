import { type MailedNotice, markMailed, readUnmailed } from '#app/db/people/notices.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** A notice with what its mail needs to know of the seller. */
export type ComposedNotice = MailedNotice & { readonly seller: { readonly slug: string; readonly host: string; readonly country: string } }
export type NoticePorts = { readonly mailer: Mailer; compose(notice: ComposedNotice): Promise<Omit<Mail, 'key' | 'to'>> }

/**
 * Mails a notice to each of its addresses and notes it. Safe to repeat: what was handed over but not noted is handed over again under
 * the same key.
 */
export async function mailNotice(process: TenantProcess<NoticePorts>, noticeId: string): Promise<void> {
  const notice = await process.inTenant(async (ctx) => {
    const unmailed = await readUnmailed(ctx, noticeId)
    if (!unmailed) return null
    const [tenant, host] = [await ownTenant(ctx), await primaryHost(ctx)]
    invariant(tenant && host, `mailNotice: tenant ${ctx.tenantId} has no store domain`)
    return { ...unmailed, seller: { slug: tenant.slug, host, country: tenant.country } }
  })
  if (!notice) return
  const mail = await process.ports.compose(notice)
  for (const address of notice.mails) {
    await process.ports.mailer.send({ key: `notice:${noticeId}:${address}`, ...mail, to: [{ name: notice.accountName, address }] })
  }
  await process.inTenant((ctx) => markMailed(ctx, noticeId))
}
