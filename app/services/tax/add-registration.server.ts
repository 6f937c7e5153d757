import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { insertTaxRegistration } from '#app/db/documents/tax-settings.server.ts'
import { ownTenant } from '#app/db/sellers/tenants.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { TaxRegistration } from '#app/domain/tax/tax-status.ts'
import { isEuMember } from '#app/domain/tax/vat-area.ts'

export type AddRegistrationInput = TaxRegistration & { readonly number: string | null }
export type AddRegistrationError = 'country-missing' | 'number-missing' | 'own-country' | 'only-in-the-eu' | 'ends-before-it-begins'

/** Notes a registration or scheme of the seller from a day on: what is not finalised is taxed by it. */
export async function addRegistration(
  ctx: TenantContext,
  input: AddRegistrationInput,
): Promise<Result<{ registrationId: string }, AddRegistrationError>> {
  const seller = await ownTenant(ctx)
  if (input.to !== null && input.to <= input.from) return err('ends-before-it-begins')
  if (input.kind === 'country' && !input.country) return err('country-missing')
  if (input.kind === 'country' && !input.number) return err('number-missing')
  if (input.kind === 'country' && input.country === seller?.country) return err('own-country')
  if (input.kind === 'below-threshold' && !isEuMember(seller?.country ?? '')) return err('only-in-the-eu')

  const country = input.kind === 'country' ? input.country : null
  const registrationId = await insertTaxRegistration(ctx, { ...input, country })
  const detail = { ...input, country }
  await audit(ctx, { action: 'tax-registration.added', subjectKind: 'tax-registration', subjectId: registrationId, detail })
  return ok({ registrationId })
}
