import { z } from 'zod'
import { type MemberRole, memberRoles } from '#app/domain/catalog/bundle.ts'
import { ProductDraft, ProductText, productStates } from '#app/domain/catalog/product.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import { positiveText } from '#app/domain/pricing/models/decimal-text.ts'
import { supportedLanguages } from '#app/i18n/languages.ts'
import { uuid } from '#app/web/request/form-fields.ts'

export const Intent = z.enum(['terms', 'text', 'state', 'bundle', 'stock', 'places'])
export type Intent = z.infer<typeof Intent>

export const TermsForm = ProductDraft.omit({ code: true, kind: true })
export type TermsForm = z.output<typeof TermsForm>

export const TextForm = z.object({
  language: z.enum(supportedLanguages, 'not-offered'),
  name: ProductText.shape.name.default(''),
  description: ProductText.shape.description,
})
export type TextForm = z.output<typeof TextForm>

export const StateForm = z.object({ state: z.enum(productStates, 'not-offered') })

/** Members that a page can carry: each row has fields of its own, since a form carries a field once. */
export const mostMembers = 30
export const rowField = (name: 'member' | 'role' | 'quantity', index: number): string => `${name}${index}`

/** Places that a page can carry, each in fields of its own. */
const mostPlaces = 50
export const placeField = (name: 'place' | 'left', index: number): string => `${name}${index}`

const count = z.coerce.number('count-or-empty').int('count-or-empty').min(0, 'count-or-empty').max(1_000_000, 'count-or-empty')

/** How many are left at each place, and how many one customer may have; what is empty has no end. */
export const StockForm = z.object({
  limitPerCustomer: count.refine((limit) => limit > 0, 'count-or-empty').optional(),
  ...Object.fromEntries(
    Array.from({ length: mostPlaces }, (_, index) => index).flatMap((index): [string, z.ZodType][] => [
      [placeField('place', index), z.string().max(60).optional()],
      [placeField('left', index), count.optional()],
    ]),
  ),
})

/** The places of the form with what is left there. */
export function stocksOf(form: Readonly<Record<string, unknown>>) {
  return Array.from({ length: mostPlaces }, (_, index) => index).flatMap((index) => {
    const location = form[placeField('place', index)] as string | undefined
    const remaining = (form[placeField('left', index)] as number | undefined) ?? null
    return location === undefined ? [] : [{ location: location === nowhere ? '' : location, remaining }]
  })
}

/** How a form names that a product stands nowhere: an empty field counts as absent. */
export const nowhere = '-'

const rows = Array.from({ length: mostMembers }, (_, index) => index)

export const BundleForm = z.object(
  Object.fromEntries(
    rows.flatMap((index): [string, z.ZodType][] => [
      [rowField('member', index), uuid.optional()],
      [rowField('role', index), z.enum(memberRoles, 'not-offered').default('included')],
      [rowField('quantity', index), positiveText.optional()],
    ]),
  ),
)

type Member = { readonly memberId: string; readonly role: MemberRole; readonly quantity: Decimal | undefined }

/** The rows of the form that name a member. */
export function membersOf(form: Readonly<Record<string, unknown>>): Member[] {
  return rows.flatMap((index) => {
    const memberId = form[rowField('member', index)] as string | undefined
    const role = form[rowField('role', index)] as MemberRole
    return memberId ? [{ memberId, role, quantity: form[rowField('quantity', index)] as Decimal | undefined }] : []
  })
}
