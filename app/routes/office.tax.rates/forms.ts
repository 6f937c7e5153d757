import { z } from 'zod'
import { rateKinds } from '#app/domain/tax/tax-rate.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'

/** A rate of the seller's own; names of the tax only where the country does not ship. */
export const RateForm = z.object({
  region: z
    .string('required')
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'invalid'),
  kind: z.enum(rateKinds, 'required'),
  percent: z
    .string('required')
    .trim()
    .regex(/^\d{1,3}(\.\d{1,6})?$/, 'decimal'),
  from: z.iso.date('date'),
  to: z.iso.date('date').optional(),
  source: line(200),
  taxName: line(40).optional(),
  idName: line(40).optional(),
})

export const WithdrawForm = z.object({ rateId: uuid })
