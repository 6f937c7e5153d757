import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type BillingSettings, saveBillingSettingsRow } from '#app/db/documents/billing-settings.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/**
 * Keeps how carefully runs go on by themselves; limits in minor units of their currency. Refuses when a change would be wild before it is
 * remarkable. The table refuses percentages outside their range.
 */
export async function saveBillingSettings(ctx: TenantContext, settings: BillingSettings): Promise<Result<void, 'wild-below-changed'>> {
  const { approvalAbove, changedPercent, wildPercent, wildSharePercent } = settings
  if (wildPercent < changedPercent) return err('wild-below-changed')
  await saveBillingSettingsRow(ctx, settings)
  await audit(ctx, {
    action: 'billing-settings.saved',
    subjectKind: 'tenant',
    subjectId: ctx.tenantId,
    detail: { changedPercent, wildPercent, wildSharePercent, approvalAbove: limitTexts(approvalAbove) },
  })
  return ok(undefined)
}

function limitTexts(limits: BillingSettings['approvalAbove']): Record<string, string> {
  return Object.fromEntries(Object.entries(limits).map(([currency, minor]) => [currency, minor.toString()]))
}
