import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import { readScheduledExport, type ScheduledExport, saveExportLink } from '#app/db/sellers/exports.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { openWebhookDelivery } from '#app/db/sellers/webhook-deliveries.server.ts'
import { endpointsOf } from '#app/db/sellers/webhook-endpoints.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** The secret that leads to a file, and where it is fetched with it at the store of `host`. */
export type ExportLink = { readonly token: string; fileAt(host: string): string }

/** Hands a finished file of a schedule over: a mail to each address leaves by a job, or each endpoint that asked is told. Nothing for any other file. */
export async function handOver(ctx: TenantContext, exportId: string, link: ExportLink): Promise<void> {
  const made = await readScheduledExport(ctx, exportId)
  if (!made) return
  await saveExportLink(ctx, exportId, hashOfToken(link.token))
  if (made.delivery === 'webhook') return tellEndpoints(ctx, { exportId, made, link })
  const { tenantId } = ctx
  await enqueue(
    ctx,
    ...made.mails.map((_, place) => ({
      name: 'export/mail.opened' as const,
      data: { tenantId, exportId, place },
      key: `export-mail:${exportId}:${place}`,
    })),
  )
}

type Told = { readonly exportId: string; readonly made: ScheduledExport; readonly link: ExportLink }

async function tellEndpoints(ctx: TenantContext, { exportId, made, link }: Told): Promise<void> {
  const host = await primaryHost(ctx)
  invariant(host, `tenant ${ctx.tenantId} has no store domain`)
  const { kind, format, side, month, day, rows, sha256, expiresAt } = made
  const data = { kind, format, side, month, day, rows, sha256, url: link.fileAt(host), expires_at: expiresAt.toISOString() }
  const eventType = 'export.ready'
  const body = JSON.stringify({ type: eventType, timestamp: ctx.now.toISOString(), data })
  for (const { id: endpointId, accountId } of await endpointsOf(ctx, eventType, made.accountId)) {
    const deliveryId = await openWebhookDelivery(ctx, { accountId, endpointId, sourceKey: `${eventType}:${exportId}`, eventType, body })
    if (deliveryId) await enqueue(ctx, { name: 'webhook/opened', data: { tenantId: ctx.tenantId, deliveryId, round: 1 } })
  }
}

/** What the mail with a file of a schedule says, and to whom. */
export type ExportMail = ScheduledExport & {
  readonly to: string
  readonly recipientName: string
  readonly token: string
  readonly seller: { readonly slug: string; readonly host: string; readonly timeZone: string }
}

export type ExportMailPorts = {
  readonly mailer: Mailer
  readonly token: string
  compose(mail: ExportMail): Promise<Omit<Mail, 'key'>>
}

/** Mails one address of a schedule that a file is ready. Safe to repeat: the same address has the same key. Nothing once the file is gone. */
export async function mailExport(
  process: TenantProcess<ExportMailPorts>,
  { exportId, place }: { readonly exportId: string; readonly place: number },
): Promise<void> {
  const mail = await process.inTenant(async (ctx): Promise<ExportMail | null> => {
    const [made, tenant, host] = [await readScheduledExport(ctx, exportId), await ownTenant(ctx), await primaryHost(ctx)]
    const to = made?.mails[place]
    if (!made || !to) return null
    invariant(tenant && host, `tenant ${ctx.tenantId} has no store domain`)
    const seller = { slug: tenant.slug, host, timeZone: tenant.timeZone }
    return { ...made, to, recipientName: made.accountName ?? tenant.legalName, token: process.ports.token, seller }
  })
  if (mail) await process.ports.mailer.send({ key: `export:${exportId}:${mail.to}`, ...(await process.ports.compose(mail)) })
}
