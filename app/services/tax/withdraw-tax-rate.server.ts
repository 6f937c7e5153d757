import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { withdrawTaxRateRow } from '#app/db/documents/tax-settings.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** Withdraws a rate of the seller's own: what counted before counts again. Finalised documents keep what they have. */
export async function withdrawTaxRate(
  ctx: TenantContext,
  { rateId }: { readonly rateId: string },
): Promise<Result<null, 'rate-not-found'>> {
  if (!(await withdrawTaxRateRow(ctx, rateId))) return err('rate-not-found')
  await audit(ctx, { action: 'tax-rate.withdrawn', subjectKind: 'tax-rate', subjectId: rateId })
  return ok(null)
}
