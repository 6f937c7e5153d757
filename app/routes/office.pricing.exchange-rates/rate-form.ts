import { z } from 'zod'
import { isCurrency } from '#app/domain/money/currency.ts'
import { positiveText } from '#app/domain/pricing/models/decimal-text.ts'
import { line } from '#app/web/request/form-fields.ts'

const currency = z.string('required').refine(isCurrency, 'not-offered')

/** A rate typed in by hand. */
export const RateForm = z.object({
  base: currency,
  quote: currency,
  rate: positiveText,
  source: line(60).default(''),
  date: z.iso.date('invalid'),
})

/** A conversion to try out; nothing of it is kept. */
export const TryForm = z.object({
  amount: z
    .string()
    .regex(/^\d{1,15}(\.\d{1,3})?$/)
    .catch('100'),
  from: currency,
  to: currency,
  on: z.iso.date(),
})
