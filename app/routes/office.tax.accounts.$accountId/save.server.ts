import { z } from 'zod'
import { exemptionGrounds } from '#app/domain/tax/tax-status.ts'
import type { AddExemptionError } from '#app/services/tax/add-exemption.server.ts'
import { type ChangeVatIdError, changeVatId } from '#app/services/tax/change-vat-id.server.ts'
import type { ConfirmVatIdError, VatIdOutcome } from '#app/services/tax/confirm-vat-id.server.ts'
import { withdrawExemption } from '#app/services/tax/withdraw-exemption.server.ts'
import { addExemptionFor, confirmVatIdFor } from '#app/web/desks/tax-registry.server.ts'
import { asStaff, staffOf } from '#app/web/request/as-staff.server.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { type FieldErrors, parseForm } from '#app/web/request/parse-form.server.ts'

const CheckForm = z.object({ deed: z.literal('check') })
const WithdrawForm = z.object({ exemptionId: uuid })
const VatIdForm = z.object({ deed: z.literal('vat-id'), vatId: z.string().trim().max(40, 'too-long').optional() })
const ExemptionForm = z.object({
  exemptIn: z.string('required').regex(/^[A-Z]{2}$/, 'invalid'),
  ground: z.enum(exemptionGrounds, 'required'),
  certificateNumber: line(60),
  from: z.iso.date('date'),
  to: z.iso.date('date').optional(),
})

type Values = Readonly<Record<string, string>>
type Problem = AddExemptionError | ChangeVatIdError | ConfirmVatIdError | 'exemption-not-found'
type AccountTaxAnswer =
  | { readonly done: 'saved' | VatIdOutcome }
  | { readonly problem: Problem; readonly values?: Values }
  | { readonly fields: FieldErrors; readonly values: Values }

/** Does what one of the page's forms asks for: asks the register, changes the id, withdraws a certificate, or adds one. */
export async function saveAccountTax(request: Request, accountId: string): Promise<AccountTaxAnswer> {
  const check = await parseForm(request.clone(), CheckForm)
  if (check.ok) {
    const outcome = await confirmVatIdFor(await staffOf(request, 'account:write'), accountId)
    return outcome.ok ? { done: outcome.value } : { problem: outcome.error }
  }
  const vatId = await parseForm(request.clone(), VatIdForm)
  if (vatId.ok) {
    const typed = vatId.value.vatId ?? null
    const changed = await asStaff(request, 'account:write', (ctx) => changeVatId(ctx, { accountId, vatId: typed }))
    return changed.ok ? { done: 'saved' } : { problem: changed.error, values: { vatId: typed ?? '' } }
  }
  const withdrawal = await parseForm(request.clone(), WithdrawForm)
  if (withdrawal.ok) {
    const withdrawn = await asStaff(request, 'account:write', (ctx) => withdrawExemption(ctx, withdrawal.value))
    return withdrawn.ok ? { done: 'saved' } : { problem: withdrawn.error }
  }
  return addPaper(request, accountId)
}

async function addPaper(request: Request, accountId: string): Promise<AccountTaxAnswer> {
  const body = await request.clone().formData()
  const form = await parseForm(request, ExemptionForm)
  if (!form.ok) return { fields: form.error, values: form.values }
  const file = body.get('paper')
  const paper = file instanceof File && file.size > 0 ? { name: file.name, content: new Uint8Array(await file.arrayBuffer()) } : null
  const { exemptIn: country, ground, certificateNumber, from, to = null } = form.value
  const staff = await staffOf(request, 'account:write')
  const added = await addExemptionFor(staff, { accountId, country, ground, certificateNumber, from, to, paper })
  if (added.ok) return { done: 'saved' }
  return { problem: added.error, values: { exemptIn: country, ground, certificateNumber, from, to: to ?? '' } }
}
