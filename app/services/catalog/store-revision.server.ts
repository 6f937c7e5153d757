import type { TenantContext } from '#app/db/context.server.ts'

/** The number of the last change to what the tenant's store shows: raised by the statements that write catalogs, prices, taxes and brands. */
export async function readStoreRevision(ctx: TenantContext): Promise<string> {
  const row = await ctx.db.storeRevision.findUnique({ where: { tenantId: ctx.tenantId }, select: { revision: true } })
  return String(row?.revision ?? 0)
}
