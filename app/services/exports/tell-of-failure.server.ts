import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { type FailedExport, readFailedExport } from '#app/db/sellers/exports.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** Has each address that waits for a file told that it could not be made: for the first of several failures in a row alone. */
export async function openFailureMails(ctx: TenantContext, exportId: string): Promise<void> {
  const failed = await readFailedExport(ctx, exportId)
  if (!failed || failed.isRepeated) return
  const { tenantId } = ctx
  await enqueue(
    ctx,
    ...failed.mails.map((_, place) => ({
      name: 'export/failure-mail.opened' as const,
      data: { tenantId, exportId, place },
      key: `export-failure-mail:${exportId}:${place}`,
    })),
  )
}

/** What the mail about a file that could not be made says, and to whom. */
export type FailureMail = FailedExport & {
  readonly to: string
  readonly recipientName: string
  readonly seller: { readonly slug: string; readonly host: string }
}

export type FailureMailPorts = {
  readonly mailer: Mailer
  compose(mail: FailureMail): Promise<Omit<Mail, 'key'>>
}

/** Mails one address that its file could not be made. Safe to repeat: the same address has the same key. Nothing once the file was made after all. */
export async function mailFailure(
  process: TenantProcess<FailureMailPorts>,
  { exportId, place }: { readonly exportId: string; readonly place: number },
): Promise<void> {
  const mail = await process.inTenant(async (ctx): Promise<FailureMail | null> => {
    const failed = await readFailedExport(ctx, exportId)
    const to = failed?.mails[place]
    if (!failed || !to) return null
    const [tenant, host] = [await ownTenant(ctx), await primaryHost(ctx)]
    invariant(tenant && host, `tenant ${ctx.tenantId} has no store domain`)
    return { ...failed, to, recipientName: failed.accountName ?? tenant.legalName, seller: { slug: tenant.slug, host } }
  })
  if (mail) await process.ports.mailer.send({ key: `export-failure:${exportId}:${mail.to}`, ...(await process.ports.compose(mail)) })
}
