import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import {
  type Asker,
  type DataFile,
  dataExportsOf,
  findDataExport,
  insertDataExport,
  markDataExportDone,
  markDataExportFailed,
} from '#app/db/people/data-exports.server.ts'
import { findUser } from '#app/db/people/people.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { Mail, Mailer } from '#app/ports/mailer.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** How long the file may be fetched, and how often one may be asked for. */
const keptMs = 7 * 86_400_000
const betweenMs = 3_600_000

/** Has the data of an account made into one file for an owner, at most once an hour. Runs in the office's scope. */
export async function requestAccountData(ctx: TenantContext, asker: Asker): Promise<Result<{ dataExportId: string }, 'asked-just-now'>> {
  const [latest] = await dataExportsOf(ctx, asker)
  const isRecent = latest && latest.state !== 'failed' && ctx.now.getTime() - latest.requestedAt.getTime() < betweenMs
  if (isRecent) return err('asked-just-now')
  const dataExportId = await insertDataExport(ctx, asker)
  await enqueue(ctx, {
    name: 'account-data/requested',
    data: { tenantId: ctx.tenantId, dataExportId },
    key: `account-data:${dataExportId}`,
  })
  await audit(ctx, { action: 'account-data.requested', subjectKind: 'account', subjectId: asker.accountId })
  return ok({ dataExportId })
}

/** Notes the file that was made. It can be fetched for seven days. */
export async function finishAccountData(ctx: TenantContext, dataExportId: string, file: DataFile): Promise<void> {
  const expiresAt = new Date(ctx.now.getTime() + keptMs)
  await markDataExportDone(ctx, dataExportId, { ...file, expiresAt })
}

/** Notes that no file could be made; it can be asked for again at once. */
export function failAccountData(ctx: TenantContext, dataExportId: string): Promise<void> {
  return markDataExportFailed(ctx, dataExportId)
}

/** Where the file lies that this person asked for, while it can be fetched; null otherwise. */
export async function fileOfAccountData(ctx: TenantContext, { id, ...asker }: Asker & { readonly id: string }): Promise<string | null> {
  const found = await findDataExport(ctx, id)
  if (!found || found.userId !== asker.userId || found.accountId !== asker.accountId) return null
  if (!found.expiresAt || found.expiresAt <= ctx.now) return null
  await audit(ctx, { action: 'account-data.fetched', subjectKind: 'account', subjectId: found.accountId })
  return found.fileKey
}

/** What the mail about a finished file says, and to whom. */
export type AccountDataMail = {
  readonly to: { readonly name: string; readonly address: string }
  readonly language: string
  readonly expiresAt: Date
  readonly seller: { readonly slug: string; readonly host: string; readonly timeZone: string }
}
export type AccountDataPorts = { readonly mailer: Mailer; compose(mail: AccountDataMail): Promise<Omit<Mail, 'key'>> }

/** Tells the person who asked that the file is ready. Safe to repeat. */
export async function mailAccountData(process: TenantProcess<AccountDataPorts>, dataExportId: string): Promise<void> {
  const mail = await process.inTenant(async (ctx): Promise<AccountDataMail | null> => {
    const found = await findDataExport(ctx, dataExportId)
    const user = found && (await findUser(ctx, found.userId))
    if (!found?.expiresAt || !user || user.disabledAt) return null
    const [tenant, host] = [await ownTenant(ctx), await primaryHost(ctx)]
    invariant(tenant && host, `tenant ${ctx.tenantId} has no store domain`)
    const seller = { slug: tenant.slug, host, timeZone: tenant.timeZone }
    return { to: { name: user.name, address: user.email }, language: user.language, expiresAt: found.expiresAt, seller }
  })
  if (mail) await process.ports.mailer.send({ key: `account-data:${dataExportId}`, ...(await process.ports.compose(mail)) })
}
