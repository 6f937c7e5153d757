import type { TenantContext } from '#app/db/context.server.ts'
import { type PayerRow, readPayers } from '#app/db/documents/payers.server.ts'

/** Who pays for an account, who did, and who could. */
export type PayerPage = {
  readonly account: { readonly id: string; readonly name: string }
  readonly history: readonly PayerRow[]
  /** Accounts with a contract of their own, in order of name; at most 500. */
  readonly candidates: readonly { readonly id: string; readonly name: string }[]
}

/** The payers of an account; null when the scope holds no such account. */
export async function readPayerPage(ctx: TenantContext, accountId: string): Promise<PayerPage | null> {
  const { tenantId } = ctx
  const account = await ctx.db.account.findUnique({
    where: { tenantId_id: { tenantId, id: accountId } },
    select: { id: true, name: true },
  })
  if (!account) return null
  const candidates = await ctx.db.account.findMany({
    where: { tenantId, id: { not: accountId }, childTenantId: null, status: 'active', contractsAsAccount: { some: {} } },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 500,
  })
  return { account, candidates, history: await readPayers(ctx, accountId) }
}
