import type { TenantContext } from '#app/db/context.server.ts'
import { readInvariantCheck } from '#app/db/invariants/invariant-checks.server.ts'

/** What the last nightly check found, as staff read it. */
export type LastCheck = {
  readonly checkedAt: Date
  readonly examined: number
  readonly violations: number
  readonly findings: readonly { readonly id: string; readonly text: string; readonly violations: number; readonly ids: readonly string[] }[]
}

/** The last nightly check of the seller; null before the first one. */
export async function readLastCheck(ctx: TenantContext): Promise<LastCheck | null> {
  return (await readInvariantCheck(ctx)) ?? null
}
