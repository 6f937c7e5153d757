import { inTenant } from '#app/db/context.server.ts'
import { keepIssuer, toldIssuers } from '#app/db/documents/document-issuers.server.ts'
import type { Actor } from '#app/domain/shared/actor.ts'

export type MirrorIssuerInput = { readonly tenantId: string; readonly accountId: string; readonly actor: Actor }

/**
 * Brings the legal facts of a tenant to the reseller `accountId`, for days that the two agreed on the tenant as the issuer of the reseller's
 * documents. A reseller that issues its own learns nothing. Safe to repeat: what changed at the tenant since counts from now on.
 */
export async function mirrorIssuer({ tenantId, accountId, actor }: MirrorIssuerInput): Promise<void> {
  const { childTenantId, issuers } = await inTenant(tenantId, async (ctx) => {
    const account = await ctx.db.account.findFirst({ where: { tenantId, id: accountId }, select: { childTenantId: true } })
    return { childTenantId: account?.childTenantId, issuers: await toldIssuers(ctx, accountId) }
  })
  if (!childTenantId || issuers.length === 0) return
  await inTenant(
    childTenantId,
    async (ctx) => {
      for (const told of issuers) await keepIssuer(ctx, told)
    },
    { actor },
  )
}
