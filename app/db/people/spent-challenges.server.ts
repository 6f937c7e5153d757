import type { TenantContext } from '../context.server.ts'

/** Spends a solved task; false when it was spent before. What is too old to be shown again is forgotten on the way. */
export async function spendChallenge(ctx: TenantContext, { digest, expiresAt }: { digest: string; expiresAt: Date }): Promise<boolean> {
  const { tenantId, now } = ctx
  await ctx.db.spentChallenge.deleteMany({ where: { tenantId, expiresAt: { lte: now } } })
  const spent = await ctx.db.spentChallenge.createMany({ data: [{ tenantId, digest, expiresAt }], skipDuplicates: true })
  return spent.count === 1
}
