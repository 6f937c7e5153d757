import type { TenantContext } from '../context.server.ts'

/** An invariant that did not hold: its id, how often, and the first of its violations. */
export type InvariantFinding = { readonly id: string; readonly text: string; readonly violations: number; readonly ids: readonly string[] }

/** What the last nightly check of a seller found. */
export type InvariantCheckRow = {
  readonly checkedAt: Date
  readonly examined: number
  readonly violations: number
  readonly findings: readonly InvariantFinding[]
}

/** The last nightly check; undefined before the first one. */
export async function readInvariantCheck(ctx: TenantContext): Promise<InvariantCheckRow | undefined> {
  const [row] = await ctx.db.$queryRaw<(Omit<InvariantCheckRow, 'examined' | 'violations'> & { examined: bigint; violations: bigint })[]>`
    select checked_at as "checkedAt", examined, violations, findings from invariant_checks where tenant_id = ${ctx.tenantId}::uuid`
  return row && { ...row, examined: Number(row.examined), violations: Number(row.violations) }
}

/** Keeps what a check found in place of the one before. */
export async function saveInvariantCheck(ctx: TenantContext, check: Omit<InvariantCheckRow, 'checkedAt'>): Promise<void> {
  await ctx.db.$executeRaw`
    insert into invariant_checks (tenant_id, checked_at, examined, violations, findings)
    values (${ctx.tenantId}::uuid, ${ctx.now}, ${check.examined}, ${check.violations}, ${JSON.stringify(check.findings)}::jsonb)
    on conflict (tenant_id) do update set checked_at = excluded.checked_at, examined = excluded.examined, violations = excluded.violations,
      findings = excluded.findings`
}
