import { z } from 'zod'
import { line, uuid } from '#app/web/form-fields.ts'
import { optionOf } from './option-field.ts'

const codes = z.string().trim().max(200, 'too-long').default('')

/** What the form holds at any time, complete or not: the deeds that only look ask for no more. */
export const StepForm = z.object({
  deed: z.enum(['quote', 'apply', 'sign-up', 'sign-in']).optional(),
  /** A code that is to be taken off again. */
  drop: z.string().max(40).optional(),
  plan: z.string().max(60).default(''),
  location: z.string().max(60).default(''),
  image: z.string().max(60).default(''),
  name: z.string().max(63).optional(),
  sshKey: z.string().max(2_000).optional(),
  promoCode: codes,
  appliedCodes: codes,
})
export type StepForm = z.infer<typeof StepForm>

/** The form of an order that is committed to. Place, system and name are asked for where a server is built, and judged with the order. */
export const OrderForm = z.object({
  plan: line(60),
  location: line(60).optional(),
  image: line(60).optional(),
  name: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'server-name')
    .optional(),
  sshKey: z.string().trim().max(2_000, 'ssh-key').optional(),
  idempotencyKey: uuid,
  terms: z.literal('on', 'terms'),
  promoCode: codes,
  appliedCodes: codes,
})

/** Codes of the options that are ticked; more than any bundle offers are not looked at. */
export function tickedOptions(fields: FormData): string[] {
  return [...fields.keys()].flatMap((name) => optionOf(name) ?? []).slice(0, 50)
}

/** The codes that count: applied before, unless taken off now, and typed since. */
export function codesOf({ promoCode, appliedCodes, drop }: Pick<StepForm, 'promoCode' | 'appliedCodes' | 'drop'>): string[] {
  const words = (text: string) => text.split(/[\s,]+/).filter(Boolean)
  return [...new Set([...words(appliedCodes).filter((code) => code !== drop), ...words(promoCode)])]
}

/** The address that holds a choice, unjudged codes included. */
export function addressOf(
  choice: Pick<StepForm, 'plan' | 'location' | 'image' | 'name'>,
  options: readonly string[],
  code: string,
): string {
  const { plan, location, image, name = '' } = choice
  const pairs = Object.entries({ plan, location, image, name, code }).filter(([, value]) => value !== '')
  return `/order?${new URLSearchParams([...pairs, ...options.map((option) => ['option', option])])}`
}
