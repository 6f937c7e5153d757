import { inPanel, inTenant, type TenantContext } from '#app/db/context.server.ts'
import { readStatementParties, type StatementParties } from '#app/db/documents/statements.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import type { Actor } from '#app/domain/shared/actor.ts'

/** The account that a tenant has in its parent. */
export type ParentAccount = { readonly tenantId: string; readonly accountId: string }

/** Where a tenant buys; null for one that has no parent. */
export function parentAccountOf(tenantId: string): Promise<ParentAccount | null> {
  return inTenant(tenantId, async (ctx) => {
    const tenant = await ownTenant(ctx)
    return tenant?.parentTenantId && tenant.parentAccountId ? { tenantId: tenant.parentTenantId, accountId: tenant.parentAccountId } : null
  })
}

/** Reads in a parent what its buyer may read there: the rows of that one account. What is written stands under `actor`, an id to the parent. */
export function inParent<T>(
  { tenantId, accountId }: ParentAccount,
  work: (ctx: TenantContext) => Promise<T>,
  options: { readonly actor?: Actor } = {},
): Promise<T> {
  return inPanel(tenantId, [accountId], work, options)
}

/** Both sides of a contract with the parent, as the parent's documents name them. */
export function partiesOfEdge(parent: ParentAccount): Promise<StatementParties | undefined> {
  return inParent(parent, (ctx) => readStatementParties(ctx, parent.accountId))
}
