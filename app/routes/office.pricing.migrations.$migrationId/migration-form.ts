import { z } from 'zod'
import { pageSize } from '#app/reports/paging.ts'
import { uuid } from '#app/web/request/form-fields.ts'
import { rowField } from './selection-bar.tsx'

const rows = Object.fromEntries(Array.from({ length: pageSize }, (_, index) => [rowField(index), uuid.optional()]))

/** What is done with a migration, and to which subscribers of the page. */
export const MigrationForm = z.object({
  ...rows,
  deed: z.enum(['include', 'exclude', 'include-all', 'exclude-all', 'notify', 'schedule', 'undo']),
})

/** Whom the form means, and whether they are to be in. */
export function selectionOf({ deed, ...chosen }: z.output<typeof MigrationForm>): { itemIds: string[] | null; isSelected: boolean } {
  const isSelected = deed === 'include' || deed === 'include-all'
  if (deed.endsWith('-all')) return { itemIds: null, isSelected }
  return { itemIds: Object.values(chosen).filter((id) => typeof id === 'string'), isSelected }
}
