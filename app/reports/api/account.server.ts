import type { TenantContext } from '#app/db/context.server.ts'
import { readContractCurrency } from '#app/db/people/accounts.server.ts'

export type ApiAccount = {
  readonly id: string
  readonly name: string
  readonly kind: 'personal' | 'business' | 'enterprise' | 'department'
  readonly email: string
  readonly country: string
  readonly currency: string | null
  readonly departments: readonly { readonly id: string; readonly name: string }[]
}

/** An account and its departments, as far as the scope holds them. */
export async function readApiAccount(ctx: TenantContext, accountId: string): Promise<ApiAccount | null> {
  const { tenantId } = ctx
  const account = await ctx.db.account.findUnique({
    where: { tenantId_id: { tenantId, id: accountId } },
    select: { id: true, name: true, kind: true, email: true, country: true, parentAccountId: true },
  })
  if (!account) return null
  const departments = await ctx.db.account.findMany({
    where: { tenantId, parentAccountId: accountId, status: { not: 'closed' } },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 500,
  })
  const { parentAccountId, ...facts } = account
  const kind = parentAccountId ? 'department' : (account.kind as ApiAccount['kind'])
  return { ...facts, kind, currency: await readContractCurrency(ctx, accountId), departments }
}
