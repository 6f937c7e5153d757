import { z } from 'zod'
import { pageSize } from '#app/reports/paging.ts'
import { line, uuid } from '#app/web/request/form-fields.ts'
import { rowField } from './release-bar.tsx'

const rowNames = Array.from({ length: pageSize }, (_, index) => rowField(index))
const rows = Object.fromEntries(rowNames.map((name) => [name, uuid.optional()]))

/** Which records of one page to release, or which quantities to look at before they are accepted, and why. */
export const ReleaseForm = z.object({ ...rows, reason: line(200), deed: z.enum(['release', 'accept']).default('release') })

/** Which reported quantities of one page to accept, and why. */
export const AcceptForm = z.object({ ...rows, reason: line(200) })

/** What the form picked. */
export function chosenIds(form: Readonly<Record<string, unknown>>): string[] {
  return rowNames.map((name) => form[name]).filter((id) => typeof id === 'string')
}
