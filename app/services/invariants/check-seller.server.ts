import { inTenant } from '#app/db/context.server.ts'
import { type InvariantCheckRow, saveInvariantCheck } from '#app/db/invariants/invariant-checks.server.ts'
import { findTenant } from '#app/db/sellers/tenants.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { checkInvariants } from './check-invariants.server.ts'

/** Checks everything that must hold of one seller and keeps what was found for its staff to see. */
export async function checkSeller(tenantId: string): Promise<Omit<InvariantCheckRow, 'checkedAt'>> {
  const tenant = await findTenant(tenantId)
  invariant(tenant, `tenant ${tenantId} is not there`)
  const checked = await checkInvariants([tenant], { isWhole: false })
  const findings = checked.flatMap(({ id, text, violations, ids }) => (violations > 0 ? [{ id, text, violations, ids }] : []))
  const total = (pick: (each: (typeof checked)[number]) => number) => checked.reduce((sum, each) => sum + pick(each), 0)
  const check = { examined: total(({ examined }) => examined), violations: total(({ violations }) => violations), findings }
  await inTenant(tenantId, (ctx) => saveInvariantCheck(ctx, check), { actor: systemActor('invariants') })
  return check
}
