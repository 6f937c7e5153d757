import { z } from 'zod'
import { pageSize } from '#app/reports/paging.ts'
import { line, uuid } from '#app/web/form-fields.ts'
import { rowField } from './release-bar.tsx'

const rows = Object.fromEntries(Array.from({ length: pageSize }, (_, index) => [rowField(index), uuid.optional()]))

/** Which records of one page to release, and why. */
export const ReleaseForm = z.object({ ...rows, reason: line(200) })

/** What the form picked. */
export function chosenIds({ reason: _reason, ...chosen }: z.output<typeof ReleaseForm>): string[] {
  return Object.values(chosen).filter((id) => typeof id === 'string')
}
