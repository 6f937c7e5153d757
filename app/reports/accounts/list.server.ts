import type { TenantContext } from '#app/db/context.server.ts'
import { zero } from '#app/domain/money/money.ts'
import { toPublicId } from '#app/domain/shared/ids.ts'
import { offsetOf, pageSize } from '../paging.ts'
import { type Balances, readBalances } from './balances.server.ts'
import type { AccountKind, AccountList, AccountListFilter, AccountRow, AccountStatus } from './shape.ts'

export type PlainAccount = {
  readonly id: string
  readonly name: string
  readonly kind: AccountKind
  readonly isReseller: boolean
  readonly status: AccountStatus
  readonly country: string
  readonly email: string
  readonly createdAt: Date
}

/** Buyers of the tenant by name, a page at a time, with what they owe. Resellers and departments are among them. */
export async function listAccounts(ctx: TenantContext, filter: AccountListFilter): Promise<AccountList> {
  const found = await readPage(ctx, filter)
  const balances = await readBalances(
    ctx,
    found.map(({ id }) => id),
  )
  const rows = found.map(({ total: _total, ...account }) => toAccountRow(account, balances))
  const hasAny = rows.length > 0 || (await ctx.db.account.findFirst({ where: { tenantId: ctx.tenantId }, select: { id: true } })) !== null
  return { rows, total: found[0]?.total ?? 0, page: filter.page, pageSize, hasAny }
}

function readPage(ctx: TenantContext, filter: AccountListFilter): Promise<(PlainAccount & { total: number })[]> {
  const search = filter.search ? `%${filter.search.replaceAll(/[%_\\]/g, '\\$&')}%` : null
  const { kind = null, status = null } = filter
  return ctx.db.$queryRaw`
    select a.id, a.name, case when a.parent_account_id is null then a.kind else 'department' end as kind,
      a.child_tenant_id is not null as "isReseller", a.status, a.country, a.email, a.created_at as "createdAt", count(*) over ()::int as total
    from accounts a
    where a.tenant_id = ${ctx.tenantId}::uuid
      and (${kind}::text is null or case when a.parent_account_id is null then a.kind else 'department' end = ${kind}::text)
      and (${status}::text is null or a.status = ${status}::text)
      and (${search}::text is null or a.name ilike ${search} or a.email ilike ${search})
    order by lower(a.name), a.id
    limit ${pageSize} offset ${offsetOf(filter.page)}`
}

/** An account as a row of the list. */
export function toAccountRow(account: PlainAccount, balances: ReadonlyMap<string, Balances>): AccountRow {
  const { servers, accrued, due, overdue } = balances.get(account.id) ?? nothing
  return { ...account, publicId: toPublicId('account', account.id), servers, accrued, due, overdue }
}

const none = zero('EUR')
const nothing: Balances = { servers: 0, accrued: none, due: none, overdue: none }
