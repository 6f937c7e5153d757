import type { TenantContext } from '#app/db/context.server.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { SheetUsage } from '#app/domain/simulation/usage-sheet.ts'
import type { Period } from '#app/domain/time/period.ts'

type Row = Omit<SheetUsage, 'quantity' | 'row'> & { quantity: string }

const mostRows = 100_000

/** The usage of an account and its departments whose windows begin in `month`, as rows of a usage file; replaced records left out. */
export async function readUsageOf(ctx: TenantContext, accountId: string, month: Period): Promise<SheetUsage[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    select u.meter, u.unit, u.quantity::text as quantity, u.window_start as start, u.window_end as "end", u.resource_ref as resource,
      u.subscription_id::text as subscription, u.dimensions
    from usage_records u
    join accounts a on a.tenant_id = u.tenant_id and a.id = u.account_id
    where u.tenant_id = ${ctx.tenantId}::uuid and (a.id = ${accountId}::uuid or a.parent_account_id = ${accountId}::uuid)
      and u.window_start >= ${month.start} and u.window_start < ${month.end}
      and not exists (select 1 from usage_records n where n.tenant_id = u.tenant_id and n.supersedes_id = u.id)
    order by u.window_start, u.id limit ${mostRows}`
  return rows.map((row, index) => ({ ...row, row: index + 1, quantity: new Decimal(row.quantity) }))
}

export type AccountOption = { readonly id: string; readonly name: string }

/** Buyers by name, for a choice. */
export function listAccountOptions(ctx: TenantContext): Promise<AccountOption[]> {
  return ctx.db.$queryRaw<AccountOption[]>`
    select id, name from accounts where tenant_id = ${ctx.tenantId}::uuid and parent_account_id is null order by name, id limit 1000`
}
