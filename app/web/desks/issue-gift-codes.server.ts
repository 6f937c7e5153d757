import { z } from 'zod'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { issueCodes } from '#app/services/gifts/issue-codes.server.ts'
import { asStaff } from '../request/as-staff.server.ts'
import { line, uuid } from '../request/form-fields.ts'
import { parseForm } from '../request/parse-form.server.ts'

const whole = z.string('required').regex(/^\d{1,5}$/, 'not-a-number')
const IssueForm = z.object({
  formKey: uuid,
  name: line(80),
  amount: line(20),
  currency: z
    .string('required')
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{3}$/, 'invalid'),
  codes: whole,
  redeemUntil: z.iso.date('invalid'),
  lastsDays: whole.optional(),
})

const fieldOf = {
  'amount-not-positive': { amount: 'amount' },
  'count-out-of-range': { codes: 'invalid' },
  'expiry-in-past': { redeemUntil: 'invalid' },
  'days-out-of-range': { lastsDays: 'invalid' },
  'issued-before': { name: 'issued-before' },
} as const

type Refused = { readonly fields: Readonly<Record<string, string>>; readonly values: Readonly<Record<string, string>> }
type Issued = { readonly codes: readonly string[]; readonly waits: boolean }

/** Makes the gift codes that a form asks for; what is wrong with it otherwise. */
export async function issueGiftCodes(request: Request): Promise<Refused | Issued> {
  const form = await parseForm(request, IssueForm)
  if (!form.ok) return { fields: form.error, values: form.values }
  const { codes, lastsDays, amount: text, currency, ...facts } = form.value
  const values = { ...facts, currency, codes, amount: text, lastsDays: lastsDays ?? '' }
  const amount = typedAmount(text, currency)
  if (!amount) return { fields: { amount: 'amount' }, values }
  const issued = await asStaff(request, 'payment:write', (ctx) =>
    issueCodes(ctx, { ...facts, amount, codes: Number(codes), lastsDays: lastsDays ? Number(lastsDays) : null }),
  )
  return issued.ok ? issued.value : { fields: fieldOf[issued.error], values }
}
