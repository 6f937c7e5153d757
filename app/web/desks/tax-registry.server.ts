import type { Result } from '#app/domain/shared/result.ts'
import { type AddExemptionError, type AddExemptionInput, addExemption } from '#app/services/tax/add-exemption.server.ts'
import { type ConfirmVatIdError, confirmVatId, type VatIdOutcome } from '#app/services/tax/confirm-vat-id.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { fileStore, taxRegistry } from '#app/wiring.server.ts'
import type { Staff } from '../request/as-staff.server.ts'

/** Whether a register of VAT ids is connected. */
export function hasTaxRegistry(): boolean {
  return taxRegistry() !== undefined
}

/** Asks the register about an account's VAT id on behalf of a member of staff. */
export async function confirmVatIdFor({ tenant, actor }: Staff, accountId: string): Promise<Result<VatIdOutcome, ConfirmVatIdError>> {
  const registry = taxRegistry()
  if (!registry) return { ok: false, error: 'not-in-register' }
  return confirmVatId(processOf(tenant.tenantId, { registry }, actor), { accountId })
}

/** Keeps a certificate and its paper on behalf of a member of staff. */
export function addExemptionFor(
  { tenant, actor }: Staff,
  input: AddExemptionInput,
): Promise<Result<{ exemptionId: string }, AddExemptionError>> {
  return addExemption(processOf(tenant.tenantId, { files: fileStore() }, actor), input)
}
