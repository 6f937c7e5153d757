import type { LoaderFunctionArgs } from '@remix-run/node'
import { invoiceView, page } from '#app/reports/api/views.ts'
import { listInvoices } from '#app/reports/invoices/query.server.ts'
import { answerApi } from '#app/web/api/answer.server.ts'

export function loader({ request }: LoaderFunctionArgs) {
  return answerApi(request, 'invoices', async (ctx, { query }) => {
    const { rows, nextCursor } = await listInvoices(ctx, query)
    return page(rows.map(invoiceView), nextCursor)
  })
}

export const action = loader
