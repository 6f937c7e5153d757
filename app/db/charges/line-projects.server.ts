import type { PlacedSum } from '#app/domain/invoice/project-shares.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { TenantContext } from '../context.server.ts'
import { sqlArray } from '../sql-array.server.ts'
import { joinProject, joinResource } from './charge-places.server.ts'
import { type ChargeReach, isInReach, reachRows, thing } from './charge-reach.server.ts'

/** Which of these accounts want their documents in sections by project. */
export async function accountsByProject(ctx: TenantContext, accountIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await ctx.db.$queryRaw<{ accountId: string }[]>`
    select account_id as "accountId" from delivery_preferences
    where tenant_id = ${ctx.tenantId}::uuid and account_id = any (${sqlArray(accountIds, (id) => id)}::uuid[]) and by_project`
  return new Set(rows.map(({ accountId }) => accountId))
}

type Row = {
  readonly contractId: string
  readonly key: string
  readonly project: string | null
  readonly amount: string
  readonly quantity: string
  readonly includedQuantity: string
  readonly billedQuantity: string
}

/**
 * Open charges in `reach` by the project that each was in: for each contract that is billed the sums of each thing, by its key. Projects of
 * one thing come in order of their names, what was in none last.
 */
export async function sumByProject(
  ctx: TenantContext,
  reach: readonly ChargeReach[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly PlacedSum[]>>> {
  if (reach.length === 0) return new Map()
  const rows = await ctx.db.$queryRaw<Row[]>`
    with ${reachRows(ctx, reach, () => null)}
    select r.contract_id as "contractId", ${thing} as key, j.name as project, sum(c.amount)::text as amount, sum(c.quantity)::text as quantity,
      sum(c.included_quantity)::text as "includedQuantity", sum(c.billed_quantity)::text as "billedQuantity"
    from r join charges c on c.contract_id = r.source_id
    ${joinResource} ${joinProject}
    left join projects j on j.tenant_id = placed.tenant_id and j.id = placed.project_id
    where ${isInReach(ctx, reach)}
    group by 1, 2, 3 order by 1, 2, 3 nulls last`
  const sums = new Map<string, Map<string, PlacedSum[]>>()
  for (const { contractId, key, project, ...figures } of rows) {
    const things = sums.get(contractId) ?? new Map<string, PlacedSum[]>()
    things.set(key, [...(things.get(key) ?? []), { project, ...decimals(figures) }])
    sums.set(contractId, things)
  }
  return sums
}

function decimals({ amount, quantity, includedQuantity, billedQuantity }: Omit<Row, 'contractId' | 'key' | 'project'>) {
  return {
    amount: new Decimal(amount),
    quantity: new Decimal(quantity),
    includedQuantity: new Decimal(includedQuantity),
    billedQuantity: new Decimal(billedQuantity),
  }
}
