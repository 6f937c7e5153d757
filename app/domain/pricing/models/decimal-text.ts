import { z } from 'zod'
import { Decimal } from '../../money/decimal.ts'

/**
 * A price or quantity as plan files, forms and the database write it: a decimal text, zero or more, with at most 26
 * digits before and 12 after the point, as NUMERIC(38,12) keeps it. Never a JSON number, which would lose digits.
 */
export const decimalText = z
  .string({ error: 'not-a-decimal' })
  .regex(/^\d{1,26}(\.\d{1,12})?$/, 'not-a-decimal')
  .transform((text) => new Decimal(text))

/** The same, but more than zero. */
export const positiveText = decimalText.refine((value) => value.gt(0), 'not-positive')

/** The same, zero when it is left out. */
export const optionalText = decimalText.default(new Decimal(0))
