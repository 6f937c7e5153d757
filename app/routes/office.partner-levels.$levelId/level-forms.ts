import { z } from 'zod'
import { isCurrency } from '#app/domain/money/currency.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, type Money } from '#app/domain/money/money.ts'
import { decimalText } from '#app/domain/pricing/models/decimal-text.ts'
import { discountScopes } from '#app/domain/promo/discount.ts'
import { line } from '#app/web/request/form-fields.ts'

const percent = decimalText.refine((value) => value.lte(100), 'invalid').optional()
const percents = { setup: percent, recurring: percent, usage: percent, overage: percent }
const whole = (least: number, most: number) => z.coerce.number('invalid').int('invalid').min(least, 'invalid').max(most, 'invalid')
const rules = {
  name: line(60),
  turnover: z
    .string()
    .regex(/^\d{1,13}(\.\d{1,3})?$/, 'invalid')
    .optional(),
  currency: z.string('required').refine(isCurrency, 'not-offered'),
  months: whole(1, 60),
  overdueDays: whole(0, 365).optional(),
  graceDays: whole(0, 365),
}

/** What a new level is called, takes and gives. */
export const NewLevelForm = z.object({
  code: z
    .string('required')
    .trim()
    .max(40, 'too-long')
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'invalid'),
  rank: whole(1, 99),
  ...rules,
  ...percents,
})

/** Other rules of a level, or other percentages from a day on: one page, two forms. */
export const ChangeLevelForm = z.object({
  intent: z.enum(['rules', 'discounts', 'limit']),
  from: z.iso.date('required').optional(),
  productGroup: line(60).optional(),
  ...percents,
  name: rules.name.optional(),
  turnover: rules.turnover,
  currency: rules.currency.optional(),
  months: rules.months.optional(),
  overdueDays: rules.overdueDays,
  graceDays: rules.graceDays.optional(),
  limit: line(20).optional(),
  limitCurrency: rules.currency.optional(),
  limitFrom: z.iso.date('required').optional(),
})
export type ChangeLevelForm = z.output<typeof ChangeLevelForm>

/** The percentages that were filled in. */
export function discountsOf(
  form: { readonly [Scope in (typeof discountScopes)[number]]?: Decimal | undefined },
  productGroup: string | null,
) {
  return discountScopes.flatMap((scope) => {
    const value = form[scope]
    return value === undefined ? [] : [{ scope, productGroup, percent: value }]
  })
}

/** The turnover a level takes, none when nothing was typed. */
export function turnoverOf(turnover: string | undefined, currency: string): Money | null {
  return turnover === undefined ? null : fromDecimal(new Decimal(turnover), currency)
}
