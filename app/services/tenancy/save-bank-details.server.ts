import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { updateBankDetails } from '#app/db/sellers/tenants.server.ts'
import { type BankDetailsInput, type BankDetailsProblem, toBankDetails } from '#app/domain/bank/bank-details.ts'

export type SavedBankDetails = { readonly ok: true } | { readonly ok: false; readonly error: BankDetailsProblem }

/**
 * Tells where the seller is paid. Documents carry the account from the next one on; those issued keep the one they were issued with. All
 * fields empty: the seller tells no account any more.
 */
export async function saveBankDetails(ctx: TenantContext, input: BankDetailsInput): Promise<SavedBankDetails> {
  const isEmpty = Object.values(input).every((text) => text.trim() === '')
  const details = isEmpty ? { ok: true as const, value: null } : toBankDetails(input)
  if (!details.ok) return details
  await updateBankDetails(ctx, details.value)
  // The account itself is no secret, and whoever is misled by a changed one will ask when it changed.
  const detail = { iban: details.value?.iban ?? null, qrIban: details.value?.qrIban ?? null }
  await audit(ctx, { action: 'bank-details.changed', subjectKind: 'tenant', subjectId: ctx.tenantId, detail })
  return { ok: true }
}
