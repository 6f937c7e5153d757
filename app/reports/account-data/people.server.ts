import { listDesigns } from '#app/db/catalog/app-designs.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { findDataExport } from '#app/db/people/data-exports.server.ts'
import { rightsIn } from '#app/db/people/members.server.ts'
import { openAddress } from '#app/db/sealing/sealed-fields.server.ts'

export type AskedData = {
  readonly accountId: string
  readonly accountIds: readonly string[]
  readonly language: string
  readonly zone: string
}

/** Whose data a file is to hold, while the person who asked owns the account. Needs the office's scope. */
export async function readAskedData(ctx: TenantContext, dataExportId: string): Promise<AskedData | null> {
  const found = await findDataExport(ctx, dataExportId)
  const rights = found && (await rightsIn(ctx, found))
  if (!found || !rights?.isOwner) return null
  const tenant = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId: ctx.tenantId }, select: { timeZone: true } })
  const user = await ctx.db.user.findFirstOrThrow({ where: { tenantId: ctx.tenantId, id: found.userId }, select: { language: true } })
  return { accountId: found.accountId, accountIds: rights.accountIds, language: user.language, zone: tenant.timeZone }
}

/** Who has access to these accounts, and as what. Needs the office's scope. */
export function readPeopleData(ctx: TenantContext, accountIds: readonly string[]) {
  return ctx.db.$queryRaw<{ name: string; email: string; language: string; account: string; profile: string; since: Date }[]>`
    select u.name, u.email, u.language, a.name as account, p.name as profile, m.created_at as since
    from memberships m
    join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
    join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id
    join security_profiles p on p.tenant_id = m.tenant_id and p.id = m.security_profile_id
    where m.tenant_id = ${ctx.tenantId}::uuid and m.account_id = any (${[...accountIds]}::uuid[])
    order by lower(u.name), u.id, m.id limit 1000`
}

/** The public keys that people keep in these accounts for their orders. Needs the office's scope. */
export function readSshKeyData(ctx: TenantContext, accountIds: readonly string[]) {
  return ctx.db.$queryRaw<{ email: string; account: string; name: string; fingerprint: string; publicKey: string; since: Date }[]>`
    select u.email, a.name as account, k.name, k.fingerprint, k.public_key as "publicKey", k.created_at as since
    from ssh_keys k
    join users u on u.tenant_id = k.tenant_id and u.id = k.user_id
    join accounts a on a.tenant_id = k.tenant_id and a.id = k.account_id
    where k.tenant_id = ${ctx.tenantId}::uuid and k.account_id = any (${[...accountIds]}::uuid[])
    order by lower(u.name), u.id, k.id limit 10000`
}

/** The applications that these accounts composed for themselves. */
export async function readDesignData(ctx: TenantContext, accountIds: readonly string[]) {
  return (await listDesigns(ctx, accountIds)).map(({ id: _id, networkId: _network, ...design }) => design)
}

/** Company and contact data of these accounts, as they stand. */
export async function readCompanyData(ctx: TenantContext, accountIds: readonly string[]) {
  const rows = await ctx.db.account.findMany({
    where: { tenantId: ctx.tenantId, id: { in: [...accountIds] } },
    select: {
      id: true,
      kind: true,
      name: true,
      email: true,
      language: true,
      country: true,
      addressLines: true,
      vatId: true,
      vatIdStatus: true,
      createdAt: true,
    },
    orderBy: { id: 'asc' },
    take: 1_000,
  })
  return rows.map(({ id, ...row }) => ({ ...row, addressLines: openAddress(ctx, id, row.addressLines) }))
}

/** When the first thing was charged to these accounts; null when nothing was. */
export async function firstChargeAt(ctx: TenantContext): Promise<Date | null> {
  const row = await ctx.db.charge.findFirst({
    where: { tenantId: ctx.tenantId },
    select: { periodStart: true },
    orderBy: { periodStart: 'asc' },
  })
  return row?.periodStart ?? null
}
