import { z } from 'zod'
import { registrationKinds } from '#app/domain/tax/tax-status.ts'
import { localDateOf } from '#app/domain/time/local-date.ts'
import { type AddRegistrationError, addRegistration } from '#app/services/tax/add-registration.server.ts'
import { endRegistration } from '#app/services/tax/end-registration.server.ts'
import { setPriceTax } from '#app/services/tax/set-price-tax.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { type FieldErrors, parseForm } from '#app/web/request/parse-form.server.ts'

const EndForm = z.object({ registrationId: uuid })
const BookForm = z.object({ priceBookId: uuid, behaviour: z.enum(['inclusive', 'exclusive']) })
const AddForm = z.object({
  kind: z.enum(registrationKinds, 'required'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'invalid')
    .optional(),
  number: line(40).optional(),
  from: z.iso.date('date'),
  to: z.iso.date('date').optional(),
})

type Values = Readonly<Record<string, string>>
type SettingAnswer =
  | { readonly saved: true }
  | { readonly fields: FieldErrors; readonly values: Values }
  | { readonly problem: AddRegistrationError | 'registration-not-found' | 'book-in-use'; readonly values?: Values }

/** Does what one of the page's forms asks for: ends a registration, sets a book, or adds a registration. */
export async function saveTaxSetting(request: Request): Promise<SettingAnswer> {
  const end = await parseForm(request.clone(), EndForm)
  if (end.ok) {
    const ended = await asStaff(request, 'settings:write', (ctx, { tenant }) =>
      endRegistration(ctx, { ...end.value, to: localDateOf(ctx.now, tenant.timeZone) }),
    )
    return ended.ok ? { saved: true } : { problem: ended.error }
  }
  const book = await parseForm(request.clone(), BookForm)
  if (book.ok) {
    const set = await asStaff(request, 'settings:write', (ctx) => setPriceTax(ctx, book.value))
    return set.ok ? { saved: true } : { problem: set.error }
  }
  const form = await parseForm(request, AddForm)
  if (!form.ok) return { fields: form.error, values: form.values }
  const { kind, country = null, number = null, from, to = null } = form.value
  const added = await asStaff(request, 'settings:write', (ctx) => addRegistration(ctx, { kind, country, number, from, to }))
  if (added.ok) return { saved: true }
  return { problem: added.error, values: { kind, country: country ?? '', number: number ?? '', from, to: to ?? '' } }
}
