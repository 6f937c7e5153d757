import type { TenantContext } from '../context.server.ts'
import { sqlArray } from '../sql-array.server.ts'

/**
 * Notes what departments with a limit of their own have on open documents of these contracts, once the documents have their first states: the
 * lines come before, and a document without a state is not open yet.
 */
export async function noteDepartmentDebts(ctx: TenantContext, contractIds: readonly string[]): Promise<void> {
  await ctx.db.$executeRaw`
    update credit_positions p set open_minor = department_debt(p.tenant_id, p.id)
    from (
      select tenant_id, id from credit_positions
      where tenant_id = ${ctx.tenantId}::uuid and contract_id = any (${sqlArray(contractIds, (id) => id)}::uuid[]) and not is_whole
      order by id for no key update) d
    where p.tenant_id = d.tenant_id and p.id = d.id`
}
