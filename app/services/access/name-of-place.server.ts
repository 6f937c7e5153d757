import type { TenantContext } from '#app/db/context.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'

/** What people are invited into, by name: an account that is not closed, or (null) the seller itself. Null when it is no more. */
export async function nameOfPlace(ctx: TenantContext, accountId: string | null): Promise<string | null> {
  if (accountId === null) return (await ownTenant(ctx))?.legalName ?? null
  const account = await findAccount(ctx, accountId)
  return account && account.status !== 'closed' ? account.name : null
}
