import { z } from 'zod'
import { typedAmount } from '#app/domain/money/typed-amount.ts'
import { type DiscountScope, discountScopes } from '#app/domain/promo/discount.ts'
import { type PromotionKind, PromotionTerms, promotionKinds } from '#app/domain/promo/promotion.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { line } from '#app/web/request/form-fields.ts'

const whole = z
  .string()
  .regex(/^\d{1,9}$/, 'whole-number')
  .transform(Number)
  .optional()
const decimal = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,12})?$/, 'decimal')
  .optional()
const day = z.iso.date('date')
const ticked = z.literal('on').optional()
const list = z.string().max(500, 'too-long').optional()

/** The field of an amount in one currency. */
export const amountField = (currency: string) => `amount${currency}`

/** The editor's fields; one amount for each currency the seller has prices in. */
export function promotionFields(currencies: readonly string[]) {
  const amounts: Record<string, typeof list> = Object.fromEntries(currencies.map((currency) => [amountField(currency), list]))
  return z.object({
    name: line(120),
    code: z
      .string('required')
      .trim()
      .toLowerCase()
      .regex(/^[a-z0-9][a-z0-9-]{1,59}$/, 'promotion-code'),
    publicCode: z.string().trim().max(60, 'too-long').optional(),
    kind: z.enum(promotionKinds, 'required'),
    percent: decimal,
    periods: whole,
    meter: z.string().max(60).optional(),
    units: decimal,
    scopeSetup: ticked,
    scopeRecurring: ticked,
    scopeUsage: ticked,
    scopeOverage: ticked,
    productGroups: list,
    channels: list,
    isFirstOrderOnly: ticked,
    isNewCustomersOnly: ticked,
    campaignId: z.uuid('invalid').optional(),
    startsOn: day,
    endsOn: day.optional(),
    maxRedemptions: whole,
    maxPerAccount: whole,
    priority: z
      .string()
      .regex(/^\d{1,4}$/, 'whole-number')
      .transform(Number)
      .default(100),
    stackGroup: z.string().trim().max(60, 'too-long').optional(),
    isStackable: ticked,
    ...amounts,
  })
}

export type PromotionValues = z.output<ReturnType<typeof promotionFields>>

/** A wrong field and what is wrong with it. */
export type FieldProblem = { readonly field: string; readonly code: string }

/** The scopes that are ticked, in their order. */
export function tickedScopes(values: Readonly<Record<string, unknown>>): DiscountScope[] {
  return discountScopes.filter((scope) => values[`scope${scope[0]?.toUpperCase()}${scope.slice(1)}`])
}

/** Words set apart by commas. */
export function wordsOf(text: string | undefined): string[] {
  const words = (text ?? '').split(',').map((word) => word.trim())
  return [...new Set(words.filter(Boolean))]
}

/** What the fields of the chosen kind say; the others do not count. */
export function termsOf(
  values: {
    readonly kind: PromotionKind
    readonly percent?: string | undefined
    readonly periods?: number | undefined
    readonly meter?: string | undefined
    readonly units?: string | undefined
  },
  amounts: ReadonlyMap<string, string | undefined>,
): Result<PromotionTerms, 'percent' | 'periods' | 'units' | 'amount'> {
  const periods = values.periods ?? null
  if (values.kind === 'percent')
    return values.percent ? checked({ kind: 'percent', percent: values.percent, periods }, 'periods') : err('percent')
  if (values.kind === 'free-period') return periods === null ? err('periods') : checked({ kind: 'free-period', periods }, 'periods')
  if (values.kind === 'free-units')
    return values.units && values.meter
      ? checked({ kind: 'free-units', meter: values.meter, units: values.units, periods }, 'periods')
      : err('units')
  const typed = [...amounts].filter(([, text]) => text)
  const read = typed.map(([currency, text]) => [currency, typedAmount(text ?? '', currency)?.minor.toString()] as const)
  if (read.length === 0 || read.some(([, minor]) => minor === undefined)) return err('amount')
  return checked({ kind: 'amount', amounts: Object.fromEntries(read) }, 'amount')
}

function checked<F extends string>(terms: object, field: F): Result<PromotionTerms, F> {
  const parsed = PromotionTerms.safeParse(terms)
  return parsed.success ? ok(parsed.data) : err(field)
}

/** At which field a refusal of the use case is said. */
export const fieldOfProblem: Readonly<Record<string, string>> = {
  'percent-out-of-range': 'percent',
  'amount-missing': 'amount',
  'units-missing': 'units',
  'no-scope': 'scopeRecurring',
  'end-before-start': 'endsOn',
  'limit-out-of-range': 'maxRedemptions',
  'budget-needs-periods': 'periods',
  'budget-needs-amount': 'kind',
  'campaign-not-found': 'campaignId',
  'name-taken': 'code',
  'malformed-code': 'publicCode',
  'code-taken': 'publicCode',
}
