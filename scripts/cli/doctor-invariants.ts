import { listTenants } from '#app/db/sellers/tenants.server.ts'
import { checkInvariants } from '#app/services/invariants/check-invariants.server.ts'
import { type Answer, exitCodes } from './command.ts'
import { tenantNamed } from './options.ts'

const count = new Intl.NumberFormat('en')

/** `livery doctor --invariants`: what must always hold, one line each with the rows examined; exit 1 when anything does not. With `--rerun` up to 200 invoices of each seller are made again. */
export async function doctorInvariants({ tenant, rerun = false }: { readonly tenant?: string; readonly rerun?: boolean }): Promise<Answer> {
  const tenants = tenant ? [await tenantNamed(tenant)] : await listTenants()
  const checked = await checkInvariants(tenants, { isWhole: !tenant, isRerun: rerun })
  const violations = checked.reduce((sum, invariant) => sum + invariant.violations, 0)
  const lines = checked.flatMap(({ id, text, examined, violations: broken, ids }) => [
    `${id.padEnd(4)} ${text.padEnd(48)} examined ${count.format(examined).padStart(12)}   violations ${count.format(broken)}`,
    ...ids.map((each) => `       ${each}`),
  ])
  return {
    lines: [...lines, `${checked.length} invariants, ${count.format(violations)} violations`],
    json: { ok: violations === 0, invariants: checked },
    exitCode: violations === 0 ? exitCodes.done : exitCodes.failed,
  }
}
