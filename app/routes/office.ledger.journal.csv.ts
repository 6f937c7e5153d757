import type { LoaderFunctionArgs } from '@remix-run/node'
import { type JournalLine, listJournalLines } from '#app/reports/ledger/journal.server.ts'
import { csvStream } from '#app/web/answers/csv-stream.server.ts'
import { sidesOf } from '#app/web/answers/plain-amounts.ts'
import { journalFilterOf } from '#app/web/desks/journal-filter.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { filterOf } from '#app/web/request/filters.ts'

const head = ['date', 'entry', 'kind', 'document', 'customer', 'account', 'currency', 'debit', 'credit', 'reason']
const entriesAtOnce = 1_000

/** The postings of the journal as it is filtered, newest entry first, amounts in major units. */
export async function loader({ request }: LoaderFunctionArgs) {
  const filter = journalFilterOf(filterOf(request))
  const pageAt = (cursor: string | null) =>
    asStaff(request, 'ledger:read', (ctx) => listJournalLines(ctx, filter, { cursor, limit: entriesAtOnce }))
  let page: Awaited<ReturnType<typeof pageAt>> | null = await pageAt(null)
  return csvStream('journal', head, async () => {
    if (!page) return null
    const { lines, nextCursor } = page
    page = nextCursor ? await pageAt(nextCursor) : null
    return lines.map(cellsOf)
  })
}

function cellsOf({ bookedOn, entryId, kind, document, buyer, code, amount, reason }: JournalLine): string[] {
  return [bookedOn, entryId, kind, document ?? '', buyer ?? '', code, amount.currency, ...sidesOf(amount), reason ?? '']
}
