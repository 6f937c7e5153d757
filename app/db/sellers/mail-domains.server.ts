import { type CheckedRecord, readRecords } from '#app/domain/domains/records.ts'
import type { Standing } from '#app/domain/domains/standing.ts'
import type { TenantContext } from '../context.server.ts'
import { storedRecords } from './store-domains.server.ts'

/** A domain that the tenant's mails come from. */
export type MailDomainRow = Standing & {
  readonly id: string
  readonly domain: string
  readonly selector: string
  readonly publicKey: string
  readonly secretCiphertext: Uint8Array
  readonly checkedAt: Date | null
  readonly toldAt: Date | null
  readonly records: readonly CheckedRecord[]
}

const columns = {
  id: true,
  domain: true,
  selector: true,
  publicKey: true,
  secretCiphertext: true,
  state: true,
  verifiedAt: true,
  checkedAt: true,
  missingSince: true,
  toldAt: true,
  records: true,
} as const

function toRow(row: { state: string; records: unknown } & object): MailDomainRow {
  return { ...row, records: readRecords(row.records) } as MailDomainRow
}

/** The mail domains of the tenant, at most 20; the one in use is the one its sender's address is of. */
export async function listMailDomains(ctx: TenantContext): Promise<MailDomainRow[]> {
  const { tenantId } = ctx
  const rows = await ctx.db.mailDomain.findMany({ where: { tenantId }, select: columns, orderBy: { domain: 'asc' }, take: 20 })
  return rows.map(toRow)
}

/** A mail domain by id or name; null when the tenant has none such. */
export async function findMailDomain(ctx: TenantContext, where: { id: string } | { domain: string }): Promise<MailDomainRow | null> {
  const row = await ctx.db.mailDomain.findFirst({ where: { tenantId: ctx.tenantId, ...where }, select: columns })
  return row && toRow(row)
}

/** The same, held against others until the transaction ends. */
export async function lockMailDomain(ctx: TenantContext, id: string): Promise<MailDomainRow | null> {
  await ctx.db.$queryRaw`select 1 from mail_domains where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for update`
  return findMailDomain(ctx, { id })
}

export type NewMailDomain = Pick<MailDomainRow, 'id' | 'domain' | 'selector' | 'publicKey'> & {
  readonly secret: { readonly ciphertext: Uint8Array<ArrayBuffer>; readonly keyId: string }
}

/** Adds a mail domain with its key; false when the tenant has it already, whose key then stays. */
export async function insertMailDomain(ctx: TenantContext, { secret, ...domain }: NewMailDomain): Promise<boolean> {
  const sealed = { secretCiphertext: secret.ciphertext, secretKeyId: secret.keyId }
  const data = { tenantId: ctx.tenantId, ...domain, ...sealed, state: 'added', records: [], createdAt: ctx.now }
  return (await ctx.db.mailDomain.createMany({ data: [data], skipDuplicates: true })).count === 1
}

/** Writes what a look at `now` found. */
export async function saveMailLook(
  ctx: TenantContext,
  id: string,
  { records, ...standing }: Standing & { readonly records: readonly CheckedRecord[] },
): Promise<void> {
  const isGone = standing.state === 'failing' ? {} : { toldAt: null }
  const data = { ...standing, ...isGone, records: storedRecords(records), checkedAt: ctx.now }
  await ctx.db.mailDomain.updateMany({ where: { tenantId: ctx.tenantId, id }, data })
}

/** Notes that staff was told of a mail domain that fails. */
export async function noteMailTold(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.mailDomain.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { toldAt: ctx.now } })
}
