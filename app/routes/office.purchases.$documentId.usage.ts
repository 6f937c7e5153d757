import type { LoaderFunctionArgs } from '@remix-run/node'
import { readDocument } from '#app/reports/invoice-files/query.server.ts'
import { readInvoiceUsage, usageHead } from '#app/reports/invoice-usage/query.server.ts'
import { csvResponse } from '#app/web/answers/documents.server.ts'
import { asBuyer } from '#app/web/request/as-buyer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** Every charge of the parent that its document was made of, as CSV. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const invoiceId = orNotFound(isUuid(params.documentId) ? params.documentId : null)
  const { number } = orNotFound(await asBuyer(request, 'purchase:read', (ctx) => readDocument(ctx, invoiceId)))
  return csvResponse({
    filename: `${number}-usage.csv`,
    head: usageHead,
    pageAfter: (afterId) => asBuyer(request, 'purchase:read', (ctx) => readInvoiceUsage(ctx, { invoiceId, afterId })),
  })
}
