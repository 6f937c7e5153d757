import { randomBytes } from 'node:crypto'
import { type CheckedRecord, readRecords } from '#app/domain/domains/records.ts'
import type { HostState, Standing } from '#app/domain/domains/standing.ts'
import { asSystem, type TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** A host of the tenant. */
export type StoreDomainRow = Standing & {
  readonly id: string
  readonly host: string
  readonly kind: 'fallback' | 'custom'
  readonly isPrimary: boolean
  readonly token: string | null
  readonly registrable: string | null
  readonly checkedAt: Date | null
  readonly toldAt: Date | null
  readonly releasedAt: Date | null
  readonly createdAt: Date
  readonly records: readonly CheckedRecord[]
}

const columns = {
  id: true,
  host: true,
  kind: true,
  isPrimary: true,
  state: true,
  token: true,
  registrable: true,
  verifiedAt: true,
  checkedAt: true,
  missingSince: true,
  toldAt: true,
  releasedAt: true,
  createdAt: true,
  records: true,
} as const

function toRow(row: { kind: string; state: string; records: unknown } & object): StoreDomainRow {
  return { ...row, state: row.state as HostState, records: readRecords(row.records) } as StoreDomainRow
}

/** Hosts of the tenant, at most 100: the one that always works first, then in the order they were added. */
export async function listStoreDomains(ctx: TenantContext): Promise<StoreDomainRow[]> {
  const { tenantId } = ctx
  const rows = await ctx.db.storeDomain.findMany({
    where: { tenantId },
    select: columns,
    orderBy: [{ kind: 'desc' }, { createdAt: 'asc' }, { id: 'asc' }],
    take: 100,
  })
  return rows.map(toRow)
}

/** A host by id or name; null when the tenant has none such. */
export async function findStoreDomain(ctx: TenantContext, where: { id: string } | { host: string }): Promise<StoreDomainRow | null> {
  const row = await ctx.db.storeDomain.findFirst({ where: { tenantId: ctx.tenantId, ...where }, select: columns })
  return row && toRow(row)
}

/** The same, held against others until the transaction ends. */
export async function lockStoreDomain(ctx: TenantContext, id: string): Promise<StoreDomainRow | null> {
  await ctx.db.$queryRaw`select 1 from store_domains where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for update`
  return findStoreDomain(ctx, { id })
}

/** How many hosts of its own the tenant holds. */
export function countOwnHosts(ctx: TenantContext): Promise<number> {
  return ctx.db.storeDomain.count({ where: { tenantId: ctx.tenantId, kind: 'custom', state: { not: 'released' } } })
}

export type NewHost = { readonly host: string; readonly registrable: string; readonly skeleton: string }

/** 128 random bits that only the holder of the name can publish for this tenant. */
const newToken = () => randomBytes(16).toString('hex')

/** Adds a host nobody holds, and returns its id; null when somebody does, this tenant included. Of two at once one gets it. */
export async function insertHost(ctx: TenantContext, host: NewHost): Promise<string | null> {
  const id = newId()
  const added = { kind: 'custom', state: 'added', isPrimary: false, token: newToken(), records: [] }
  const written = await ctx.db.storeDomain.createMany({
    data: [{ tenantId: ctx.tenantId, id, ...host, ...added, createdAt: ctx.now }],
    skipDuplicates: true,
  })
  return written.count === 1 ? id : null
}

/** Takes a host back that the tenant itself gave away; its proof is a new one. */
export async function reviveHost(ctx: TenantContext, id: string): Promise<void> {
  const anew = { state: 'added', token: newToken(), verifiedAt: null, checkedAt: null, missingSince: null, toldAt: null, releasedAt: null }
  await ctx.db.storeDomain.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { ...anew, records: [], createdAt: ctx.now } })
}

/** Writes what a look at `now` found. */
export async function saveLook(
  ctx: TenantContext,
  id: string,
  look: Standing & { readonly records: readonly CheckedRecord[] },
): Promise<void> {
  const { records, ...standing } = look
  const isGone = standing.state === 'failing' ? {} : { toldAt: null }
  const data = { ...standing, ...isGone, records: storedRecords(records), checkedAt: ctx.now }
  await ctx.db.storeDomain.updateMany({ where: { tenantId: ctx.tenantId, id }, data })
}

/** Records as a row keeps them. */
export function storedRecords(records: readonly CheckedRecord[]) {
  return records.map((record) => ({ ...record, found: [...record.found] }))
}

/** Makes `id` the host that links start with. */
export async function makePrimary(ctx: TenantContext, id: string): Promise<void> {
  const { db, tenantId } = ctx
  await db.storeDomain.updateMany({ where: { tenantId, isPrimary: true, id: { not: id } }, data: { isPrimary: false } })
  await db.storeDomain.updateMany({ where: { tenantId, id }, data: { isPrimary: true } })
}

/** Gives a host back; it stays with the tenant, answering nobody. */
export async function markReleased(ctx: TenantContext, id: string): Promise<void> {
  const gone = { state: 'released', isPrimary: false, verifiedAt: null, missingSince: null, toldAt: null, releasedAt: ctx.now }
  await ctx.db.storeDomain.updateMany({ where: { tenantId: ctx.tenantId, id }, data: gone })
}

/** Forgets hosts that are not proven, or no longer held, so that anybody may add them. */
export async function deleteHosts(ctx: TenantContext, ids: readonly string[]): Promise<void> {
  await ctx.db.storeDomain.deleteMany({ where: { tenantId: ctx.tenantId, id: { in: [...ids] }, kind: 'custom', verifiedAt: null } })
}

/** Notes that staff was told of a host that fails. */
export async function noteTold(ctx: TenantContext, id: string): Promise<void> {
  await ctx.db.storeDomain.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { toldAt: ctx.now } })
}

/**
 * Whether a proven host of another tenant than `tenantId`, under another registered name, looks like `host`. Tells not whose. Reads across
 * tenants; a name that is only claimed keeps nobody away.
 */
export function hasLookAlike(tenantId: string, { registrable, skeleton }: NewHost): Promise<boolean> {
  return asSystem('names that look alike', async (db) => {
    const where = { skeleton, registrable: { not: registrable }, tenantId: { not: tenantId }, verifiedAt: { not: null } }
    return (await db.storeDomain.count({ where, take: 1 })) > 0
  })
}

/** The tenants with a host or mail domain of their own, at most 10,000. Reads across tenants. */
export function tenantsWithDomains(): Promise<string[]> {
  return asSystem('tenants with domains of their own', async (db) => {
    const rows = await db.$queryRaw<{ tenantId: string }[]>`
      select tenant_id as "tenantId" from store_domains where kind = 'custom'
      union select tenant_id from mail_domains order by 1 limit 10000`
    return rows.map(({ tenantId }) => tenantId)
  })
}
