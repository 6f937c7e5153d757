import { type AppTier, tiersOf } from '#app/domain/apps/app-template.ts'
import type { Design } from '#app/domain/apps/design.ts'
import type { TenantContext } from '../context.server.ts'
import type { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'

/** An application as its account composed it. */
export type AppDesignRow = Design & { readonly id: string; readonly accountId: string; readonly name: string }
/** Whose design: an account's own. */
export type OwnDesign = { readonly id: string; readonly accountId: string }

const columns = { id: true, accountId: true, name: true, networkId: true, tiers: true } as const

/** A design of the account's own; null for any other. */
export async function findDesign({ db, tenantId }: TenantContext, { id, accountId }: OwnDesign): Promise<AppDesignRow | null> {
  const row = await db.appDesign.findFirst({ where: { tenantId, id, accountId }, select: columns })
  return row && { ...row, tiers: tiersOf(row.tiers) }
}

/** The designs of accounts, by name. */
export async function listDesigns({ db, tenantId }: TenantContext, accountIds: readonly string[]): Promise<AppDesignRow[]> {
  const rows = await db.appDesign.findMany({
    where: { tenantId, accountId: { in: [...accountIds] } },
    select: columns,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 1_000,
  })
  return rows.map((row) => ({ ...row, tiers: tiersOf(row.tiers) }))
}

/** How many an account has. */
export function countDesigns({ db, tenantId }: TenantContext, accountId: string): Promise<number> {
  return db.appDesign.count({ where: { tenantId, accountId } })
}

/** Keeps a new design. Returns its id. */
export async function insertDesign(
  { db, tenantId, now }: TenantContext,
  { tiers, ...facts }: Pick<AppDesignRow, 'accountId' | 'name' | 'tiers'>,
): Promise<string> {
  const id = newId()
  await db.appDesign.createMany({ data: [{ tenantId, id, ...facts, tiers: jsonOf(tiers), createdAt: now, changedAt: now }] })
  return id
}

export type DesignChange = Partial<Pick<AppDesignRow, 'name' | 'networkId' | 'tiers'>>

/** Changes what is named of a design. */
export async function updateDesign({ db, tenantId, now }: TenantContext, { id, accountId }: OwnDesign, change: DesignChange) {
  const { tiers, ...facts } = change
  await db.appDesign.updateMany({
    where: { tenantId, id, accountId },
    data: { ...facts, ...(tiers ? { tiers: jsonOf(tiers) } : {}), changedAt: now },
  })
}

/** Takes a design away; false when the account has none such. */
export async function deleteDesign({ db, tenantId }: TenantContext, { id, accountId }: OwnDesign): Promise<boolean> {
  const { count } = await db.appDesign.deleteMany({ where: { tenantId, id, accountId } })
  return count === 1
}

/** Holds a design until the transaction ends, so that changes of its tiers follow each other; null when the account has none such. */
export async function lockDesign(ctx: TenantContext, design: OwnDesign): Promise<AppDesignRow | null> {
  await ctx.db.$executeRaw`select 1 from app_designs where tenant_id = ${ctx.tenantId}::uuid and id = ${design.id}::uuid for no key update`
  return findDesign(ctx, design)
}

/** Forgets what accounts composed, and what of it their applications kept. */
export async function forgetDesigns({ db, tenantId }: TenantContext, accountIds: readonly string[]): Promise<void> {
  const ids = [...accountIds]
  await db.appDesign.deleteMany({ where: { tenantId, accountId: { in: ids } } })
  await db.$executeRaw`
    update applications set composed = '{"name": "–", "tiers": []}'
    where tenant_id = ${tenantId}::uuid and account_id = any (${ids}::uuid[]) and composed is not null`
}

function jsonOf(tiers: readonly AppTier[]): Prisma.InputJsonArray {
  return tiers as unknown as Prisma.InputJsonArray
}
