import type { LoaderFunctionArgs } from '@remix-run/node'
import { readInvoicePdf } from '#app/reports/invoices/query.server.ts'
import { asBuyer } from '#app/web/as-buyer.server.ts'
import { pdfResponse } from '#app/web/documents.server.ts'
import { isUuid } from '#app/web/form-fields.ts'
import { orNotFound } from '#app/web/refuse.server.ts'

/** The parent's document as the file that was sent. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const documentId = orNotFound(isUuid(params.documentId) ? params.documentId : null)
  return pdfResponse(orNotFound(await asBuyer(request, 'purchase:read', (ctx) => readInvoicePdf(ctx, documentId))))
}
