import { z } from 'zod'
import { type MemberRole, memberRoles } from '#app/domain/catalog/bundle.ts'
import { ProductDraft, ProductText, productStates } from '#app/domain/catalog/product.ts'
import type { Decimal } from '#app/domain/money/decimal.ts'
import { positiveText } from '#app/domain/pricing/models/decimal-text.ts'
import { supportedLanguages } from '#app/i18n/languages.ts'
import { uuid } from '#app/web/form-fields.ts'

export const Intent = z.enum(['terms', 'text', 'state', 'bundle'])
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
