import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { saveFraudSettingsRow } from '#app/db/people/fraud-settings.server.ts'
import { areScoresInOrder, type FraudSettings } from '#app/domain/fraud/settings.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** Keeps how the seller screens; orders that were judged stay as they are. */
export async function saveFraudSettings(ctx: TenantContext, settings: FraudSettings): Promise<Result<null, 'scores-out-of-order'>> {
  if (!areScoresInOrder(settings)) return err('scores-out-of-order')
  await saveFraudSettingsRow(ctx, settings)
  const { scope, signUps, weights, reviewScore, refuseScore } = settings
  await audit(ctx, {
    action: 'screening.settings-saved',
    subjectKind: 'tenant',
    subjectId: ctx.tenantId,
    detail: { scope, signUps, weights: { ...weights }, reviewScore, refuseScore },
  })
  return ok(null)
}
