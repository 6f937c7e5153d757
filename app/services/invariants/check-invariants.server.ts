import { inTenant } from '#app/db/context.server.ts'
import { type Examined, idsAtMost } from '#app/db/invariants/examined.server.ts'
import { believedRows } from '#app/db/invariants/isolation.server.ts'
import type { TenantRow } from '#app/db/sellers/tenants.server.ts'
import { type Invariant, invariants, rerun } from './invariants.ts'

/** What one invariant came to over all tenants asked for. */
export type CheckedInvariant = Examined & { readonly id: string; readonly text: string }

/**
 * Checks every invariant, tenant by tenant with the tenant's own scope. With `isWhole` the tenants are all there are: then a check that
 * saw nothing of a table that the server believes not to be empty is a violation, since row-level security answers a wrong role with
 * no rows. A check that fails is a violation, too: the others still run. With `isRerun` a sample of invoices is made again.
 */
export async function checkInvariants(
  tenants: readonly TenantRow[],
  { isWhole, isRerun = false }: { readonly isWhole: boolean; readonly isRerun?: boolean },
): Promise<CheckedInvariant[]> {
  const checked: CheckedInvariant[] = []
  for (const invariant of isRerun ? [...invariants, rerun] : invariants) checked.push(await checkOne(invariant, tenants, isWhole))
  return checked
}

async function checkOne(invariant: Invariant, tenants: readonly TenantRow[], isWhole: boolean): Promise<CheckedInvariant> {
  const { id, text, table, checks, walks = [], once } = invariant
  const found: Examined[] = []
  for (const tenant of tenants) {
    for (const check of checks) found.push(await looked(tenant.slug, () => inTenant(tenant.tenantId, check)))
    for (const walk of walks) found.push(await looked(tenant.slug, () => walk(tenant)))
  }
  if (once) found.push(await looked('without a scope', once))
  const examined = found.reduce((sum, each) => sum + each.examined, 0)
  const believed = isWhole && examined === 0 ? await believedRows(table) : 0
  if (believed > 0) found.push({ examined: 0, violations: 1, ids: [`nothing was examined, but ${table} holds about ${believed} rows`] })
  return {
    id,
    text,
    examined,
    violations: found.reduce((sum, each) => sum + each.violations, 0),
    ids: found.flatMap(({ ids }) => ids).slice(0, idsAtMost),
  }
}

/** Runs a check and names whose violations they are. */
async function looked(whose: string, check: () => Promise<Examined>): Promise<Examined> {
  try {
    const { ids, ...found } = await check()
    return { ...found, ids: ids.map((id) => `${whose}: ${id}`) }
  } catch (failure) {
    const why = failure instanceof Error ? failure.message || failure.name : String(failure)
    return { examined: 0, violations: 1, ids: [`${whose}: not checked: ${why}`] }
  }
}
