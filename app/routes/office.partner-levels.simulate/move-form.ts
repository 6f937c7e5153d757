import { z } from 'zod'
import { uuid } from '#app/web/request/form-fields.ts'

/** One row of the list has a field of its own: a form carries a field once. */
export const moveField = (index: number): string => `mover${index}`

const most = 200

/** Who moves, from when, and with how much grace. */
export const MoveForm = z.object({
  from: z.iso.date('required'),
  graceDays: z.coerce.number('invalid').int('invalid').min(0, 'invalid').max(365, 'invalid').optional(),
  ...Object.fromEntries(Array.from({ length: most }, (_, index) => [moveField(index), uuid.optional()])),
})

/** The accounts that were ticked. */
export function chosenMovers(form: Readonly<Record<string, unknown>>): string[] {
  return Array.from({ length: most }, (_, index) => form[moveField(index)]).filter((id): id is string => typeof id === 'string')
}
