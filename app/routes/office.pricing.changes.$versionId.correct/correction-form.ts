import { z } from 'zod'
import { Decimal } from '#app/domain/money/decimal.ts'
import type { VersionPrice } from '#app/reports/price-changes/shape.ts'
import type { CorrectFigures } from '#app/services/pricing/correct-prices.server.ts'
import { line } from '#app/web/request/form-fields.ts'

/** The most prices one page corrects. */
const mostPrices = 500

/** The field of one figure of one price: a form carries a field once, so each has its own. */
export const figureField = (figure: 'price' | 'cap' | 'minimum', index: number): string => `${figure}${index}`

const decimal = z
  .string()
  .trim()
  .regex(/^\d{1,12}([.,]\d{1,12})?$/, 'invalid')
  .transform((typed) => new Decimal(typed.replace(',', '.')))
  .optional()

const figures = Object.fromEntries(
  Array.from({ length: mostPrices }, (_, index) => index).flatMap((index) => [
    [figureField('price', index), decimal],
    [figureField('cap', index), decimal],
    [figureField('minimum', index), decimal],
  ]),
)

/** Why, and the right figures of every price of the page. An empty cap or minimum is none. */
export const CorrectionForm = z.object({ ...figures, note: line(200) })

/** The figures typed for each price; a price whose model has figures of its own stays as it is. */
export function figuresOf(form: object, prices: readonly VersionPrice[]): Map<string, CorrectFigures> {
  const typed = form as Readonly<Record<string, Decimal | undefined>>
  return new Map(
    prices.flatMap(({ ruleId, model, unitPrice }, index) => {
      if (model !== 'per-unit') return []
      const price = typed[figureField('price', index)] ?? new Decimal(unitPrice)
      return [
        [
          ruleId,
          { unitPrice: price, cap: typed[figureField('cap', index)] ?? null, minimum: typed[figureField('minimum', index)] ?? null },
        ] as const,
      ]
    }),
  )
}
