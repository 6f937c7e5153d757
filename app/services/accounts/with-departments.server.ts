import type { TenantContext } from '#app/db/context.server.ts'

/** An account and its departments, closed ones too: what its members read. */
export async function withDepartments(ctx: TenantContext, accountId: string): Promise<string[]> {
  const rows = await ctx.db.account.findMany({
    where: { tenantId: ctx.tenantId, OR: [{ id: accountId }, { parentAccountId: accountId }] },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: 10_000,
  })
  return rows.map(({ id }) => id)
}
