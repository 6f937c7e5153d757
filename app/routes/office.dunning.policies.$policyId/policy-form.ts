import { z } from 'zod'
import { type DunningStep, dunningActions } from '#app/domain/dunning/policy.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { typedAmount } from '#app/domain/money/typed-amount.ts'

/** How many steps the form has room for. */
export const places = [1, 2, 3, 4, 5, 6] as const

const amount = (currency: string) =>
  z
    .string()
    .trim()
    .optional()
    .refine((text) => text === undefined || typedAmount(text, currency) !== undefined, 'amount')
const day = z.coerce.number('invalid').int('invalid').min(1, 'invalid').max(365, 'invalid').optional()
const rate = z
  .string()
  .trim()
  .regex(/^\d{1,3}(\.\d{1,6})?$/, 'invalid')
  .optional()
const text = z.string().trim().max(2000, 'too-long').optional()

/** The fields of the terms in one currency, with a text in each of the seller's languages. A step without a day is none. */
export function termsForm(currency: string, languages: readonly string[]) {
  const steps = places.flatMap((place): [string, z.ZodType][] => [
    [`day${place}`, day],
    [`action${place}`, z.enum(dunningActions, 'invalid').optional()],
    [`fee${place}`, amount(currency)],
    [`rate${place}`, rate],
    [`charges${place}`, z.literal('on').optional()],
    ...languages.map((language): [string, z.ZodType] => [`text${place}${language}`, text]),
  ])
  return z.object({ minimum: amount(currency), cap: amount(currency), ...Object.fromEntries(steps) })
}

type Typed = Readonly<Record<string, string | number | undefined>>

/** The terms as they were typed; whatever `termsForm` accepted. */
export function termsOf(typed: Typed, currency: string, languages: readonly string[]) {
  const minor = (name: string) => typedAmount(String(typed[name] ?? '0'), currency)?.minor ?? 0n
  const steps = places.flatMap((place): DunningStep[] => {
    const onDay = typed[`day${place}`]
    if (typeof onDay !== 'number') return []
    const texts = languages.flatMap((language) => {
      const own = typed[`text${place}${language}`]
      return own ? [[language, String(own)]] : []
    })
    return [
      {
        day: onDay,
        action: dunningActions.find((action) => action === typed[`action${place}`]) ?? 'notify',
        feeMinor: minor(`fee${place}`),
        ratePercent: new Decimal(typed[`rate${place}`] ?? '0'),
        charges: typed[`charges${place}`] === 'on',
        texts: Object.fromEntries(texts),
      },
    ]
  })
  return { minimumMinor: minor('minimum'), capMinor: typed.cap === undefined ? null : minor('cap'), steps }
}
