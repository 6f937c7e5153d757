import type { LoaderFunctionArgs } from '@remix-run/node'
import { readDocument } from '#app/reports/invoice-files/query.server.ts'
import { eInvoiceFormats, eInvoiceResponse } from '#app/web/answers/documents.server.ts'
import { asBuyer } from '#app/web/request/as-buyer.server.ts'
import { filterOf, oneOf } from '#app/web/request/filters.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { redirectWithToast } from '#app/web/request/redirects.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** The parent's document for machines. A format that cannot hold it leads back to its page, which says so. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const documentId = orNotFound(isUuid(params.documentId) ? params.documentId : null)
  const format = orNotFound(oneOf(eInvoiceFormats, filterOf(request).get('format')))
  const invoice = orNotFound(await asBuyer(request, 'purchase:read', (ctx) => readDocument(ctx, documentId)))
  return (await eInvoiceResponse(invoice, format)) ?? redirectWithToast(request, `/office/purchases/${documentId}`, 'eInvoice.refused')
}
