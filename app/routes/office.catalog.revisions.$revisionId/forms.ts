import { z } from 'zod'
import type { RevisionChange } from '#app/domain/catalog/revision.ts'
import { feeKinds } from '#app/domain/pricing/markup/fee-kinds.ts'
import { uuid } from '#app/web/form-fields.ts'

export const changeKinds = ['show', 'hide', 'add', 'move', 'text', 'price'] as const

/** One more change of a draft: what its kind needs is asked of it, the rest is left aside. */
export const ChangeForm = z.object({
  change: z.enum(changeKinds, 'invalid'),
  productId: uuid,
  position: z.coerce.number('invalid').int('invalid').min(0, 'invalid').max(100_000, 'invalid').optional(),
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'invalid')
    .optional(),
  name: z.string().trim().max(120, 'too-long').optional(),
  priceBookId: uuid.optional(),
  feeKind: z.enum(feeKinds, 'invalid').optional(),
  unitPrice: z
    .string()
    .trim()
    .regex(/^\d{1,14}(\.\d{1,12})?$/, 'invalid')
    .optional(),
})

export const ScheduleForm = z.object({ activateOn: z.iso.date('required') })
export const NoForm = z.object({})

type Change = z.output<typeof ChangeForm>

/** The change a form asks for, or the field that is missing for it. */
export function changeOf(form: Change): RevisionChange | { readonly missing: string } {
  const { change, productId, position, language, name, priceBookId, feeKind, unitPrice } = form
  if (change === 'show' || change === 'hide') return { kind: change, productId }
  if (change === 'add' || change === 'move') return position === undefined ? { missing: 'position' } : { kind: change, productId, position }
  if (change === 'text') {
    if (!language) return { missing: 'language' }
    return name ? { kind: 'text', productId, language, name } : { missing: 'name' }
  }
  if (!priceBookId) return { missing: 'priceBookId' }
  if (!feeKind || feeKind === 'usage') return { missing: 'feeKind' }
  if (!unitPrice) return { missing: 'unitPrice' }
  return { kind: 'price', productId, priceBookId, fee: { feeKind, meter: null, match: {}, unitPrice, cap: null } }
}
