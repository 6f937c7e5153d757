import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { withdrawTaxExemptionRow } from '#app/db/documents/tax-settings.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** Withdraws a certificate: the account is taxed again from the next document on. */
export async function withdrawExemption(
  ctx: TenantContext,
  { exemptionId }: { readonly exemptionId: string },
): Promise<Result<null, 'exemption-not-found'>> {
  const accountId = await withdrawTaxExemptionRow(ctx, exemptionId)
  if (!accountId) return err('exemption-not-found')
  await audit(ctx, { action: 'tax-exemption.withdrawn', subjectKind: 'account', subjectId: accountId, detail: { exemptionId } })
  return ok(null)
}
