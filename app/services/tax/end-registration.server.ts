import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { endTaxRegistrationRow } from '#app/db/documents/tax-settings.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** Ends a registration or scheme; `to` is its first day without. */
export async function endRegistration(
  ctx: TenantContext,
  input: { readonly registrationId: string; readonly to: LocalDate },
): Promise<Result<null, 'registration-not-found'>> {
  const { registrationId, to } = input
  if (!(await endTaxRegistrationRow(ctx, { id: registrationId, to }))) return err('registration-not-found')
  await audit(ctx, { action: 'tax-registration.ended', subjectKind: 'tax-registration', subjectId: registrationId, detail: { to } })
  return ok(null)
}
