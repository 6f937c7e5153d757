import type { LoaderFunctionArgs } from '@remix-run/node'
import { readDocument } from '#app/reports/invoice-files/query.server.ts'
import { eInvoiceFormats, eInvoiceResponse } from '#app/web/answers/documents.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { filterOf, oneOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** The document for machines. A format that cannot hold it leads back to its page, which says so. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const invoiceId = orNotFound(isUuid(params.invoiceId) ? params.invoiceId : null)
  const format = orNotFound(oneOf(eInvoiceFormats, filterOf(request).get('format')))
  const invoice = orNotFound(await asCustomer(request, 'invoice:read', (ctx) => readDocument(ctx, invoiceId)))
  return (await eInvoiceResponse(invoice, format)) ?? redirectWithToast(request, `/panel/invoices/${invoiceId}`, 'eInvoice.refused')
}
