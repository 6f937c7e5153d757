import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { countStaffFactors, requiresSecondFactor, saveSecondFactorRule } from '#app/db/people/second-factors.server.ts'

export type SecondFactorRule = { readonly isRequired: boolean; readonly staff: number; readonly secured: number }

/** Whether the seller's staff must have a second factor, and how many of them have one. */
export async function secondFactorRule(ctx: TenantContext): Promise<SecondFactorRule> {
  return { isRequired: await requiresSecondFactor(ctx), ...(await countStaffFactors(ctx)) }
}

/** Requires a second factor of the seller's staff, or no longer does. Who has none is led to it with the next click. Safe to repeat. */
export async function requireSecondFactor(ctx: TenantContext, isRequired: boolean): Promise<void> {
  if ((await requiresSecondFactor(ctx)) === isRequired) return
  await saveSecondFactorRule(ctx, isRequired)
  await audit(ctx, { action: 'tenant.second-factor-rule', subjectKind: 'tenant', subjectId: ctx.tenantId, detail: { isRequired } })
}
