import type { TenantContext } from '#app/db/context.server.ts'
import { openAddress } from '#app/db/sealing/sealed-fields.server.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import type { AccountProfile } from './shape.ts'

export type AccountMember = AccountProfile['members'][number]

/** The account as its own people see it; `members` come from app/auth, whose rows a panel scope does not see. Null when out of scope. */
export async function readAccountProfile(
  ctx: TenantContext,
  accountId: string,
  members: readonly AccountMember[],
): Promise<AccountProfile | null> {
  const account = await ctx.db.account.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id: accountId } } })
  if (!account) return null
  const departments = await ctx.db.account.findMany({
    where: { tenantId: ctx.tenantId, parentAccountId: accountId, status: { not: 'closed' } },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
    take: 200,
  })
  return {
    publicId: toPublicId('account', account.id),
    name: account.name,
    kind: account.parentAccountId ? 'department' : (account.kind as AccountProfile['kind']),
    email: account.email,
    addressLines: openAddress(ctx, account.id, account.addressLines),
    country: account.country,
    vatId: account.vatId,
    vatIdStatus: account.vatIdStatus as AccountProfile['vatIdStatus'],
    customerSince: account.createdAt,
    departments,
    members,
  }
}

/** Company and contact data of an account, as a form shows them. Null when out of scope. */
export async function readAccountData(ctx: TenantContext, accountId: string) {
  const row = await ctx.db.account.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: accountId } },
    select: { kind: true, name: true, email: true, language: true, country: true, addressLines: true, vatId: true },
  })
  return row && { ...row, addressLines: openAddress(ctx, accountId, row.addressLines) }
}
