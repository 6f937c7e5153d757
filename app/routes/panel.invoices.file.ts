import type { LoaderFunctionArgs } from '@remix-run/node'
import { listInvoices } from '#app/reports/invoices/query.server.ts'
import type { InvoiceListItem } from '#app/reports/invoices/shape.ts'
import { csvResponse } from '#app/web/answers/documents.server.ts'
import { plainAmount } from '#app/web/answers/plain-amounts.ts'
import { documentFilterOf } from '#app/web/desks/document-filter.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf } from '#app/web/request/filters.ts'

const atOnce = 200
const head = [
  'number',
  'type',
  'issued',
  'due',
  'period_start',
  'period_end',
  'status',
  'currency',
  'net',
  'tax',
  'total',
  'paid',
  'credited',
]

/** The list of documents as it is filtered, newest first, amounts in major units, as CSV. */
export async function loader({ request }: LoaderFunctionArgs) {
  const filter = documentFilterOf(filterOf(request))
  return csvResponse({
    filename: 'invoices.csv',
    head,
    pageAfter: async (cursor) => {
      const page = await asCustomer(request, 'invoice:read', (ctx) => listInvoices(ctx, { ...filter, limit: atOnce, cursor }))
      return { rows: page.rows.map(cellsOf), lastId: page.nextCursor }
    },
  })
}

function cellsOf({ number, documentType, issueDate, dueDate, periodStart, periodEnd, status, ...amounts }: InvoiceListItem): string[] {
  const { net, tax, total, paid, credited } = amounts
  const dates = [issueDate, dueDate, periodStart, periodEnd]
  return [number, documentType, ...dates, status, net.currency, ...[net, tax, total, paid, credited].map(plainAmount)]
}
