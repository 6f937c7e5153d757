import { z } from 'zod'
import { countryCodes } from '#app/ui/forms/country-select.tsx'
import { email, line, uuid } from '#app/web/request/form-fields.ts'

const codes = z.string().trim().max(200, 'too-long').default('')

/** What the form holds at any time, complete or not: the deeds that only look ask for no more. */
export const StepForm = z.object({
  deed: z.enum(['quote', 'apply', 'sign-in']).optional(),
  /** A code that is to be taken off again. */
  drop: z.string().max(40).optional(),
  kind: z.enum(['personal', 'business']).optional(),
  name: z.string().max(120).optional(),
  companyName: z.string().max(120).optional(),
  email: z.string().max(254).optional(),
  street: z.string().max(120).optional(),
  postalCode: z.string().max(16).optional(),
  city: z.string().max(80).optional(),
  country: z.string().max(2).optional(),
  vatId: z.string().max(20).optional(),
  way: z.string().max(60).optional(),
  saves: z.string().max(2).optional(),
  terms: z.string().max(2).optional(),
  waiver: z.string().max(2).optional(),
  promoCode: codes,
  appliedCodes: codes,
  /** What the browser worked out after too many codes that were none. */
  codeProof: z.string().max(2_000).optional(),
})
export type StepForm = z.infer<typeof StepForm>

const agreed = {
  way: z.string('way').regex(/^(later|transfer|(saved|page):[0-9a-f-]{36})$/, 'way'),
  saves: z.literal('on').optional(),
  terms: z.literal('on', 'terms'),
  waiver: z.literal('on').optional(),
  idempotencyKey: uuid,
  /** What the button said, in minor units: nobody pays another amount than that. */
  shownTotal: z.string('required').regex(/^\d{1,18}$/, 'invalid'),
}

/** What a customer commits to. */
export const MemberForm = z.object(agreed)

/** The same of a visitor, who says who buys. */
export const GuestForm = z
  .object({
    ...agreed,
    kind: z.enum(['personal', 'business'], 'required'),
    name: line(120),
    companyName: z.string().trim().max(120, 'too-long').optional(),
    email,
    street: line(120),
    postalCode: line(16),
    city: line(80),
    country: z.string('required').refine((code) => countryCodes.includes(code), 'required'),
    vatId: z.string().trim().max(20, 'vat-id').optional(),
    proof: z.string().max(2_000).optional(),
  })
  .refine(({ kind, companyName }) => kind === 'personal' || Boolean(companyName), { path: ['companyName'], message: 'required' })
export type GuestForm = z.infer<typeof GuestForm>

/** The codes that count: applied before, unless taken off now, and typed since. */
export function codesOf({ promoCode, appliedCodes, drop }: Pick<StepForm, 'promoCode' | 'appliedCodes' | 'drop'>): string[] {
  const words = (text: string) => text.split(/[\s,]+/).filter(Boolean)
  return [...new Set([...words(appliedCodes).filter((code) => code !== drop), ...words(promoCode)])]
}
