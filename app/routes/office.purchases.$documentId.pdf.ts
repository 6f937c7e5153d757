import type { LoaderFunctionArgs } from '@remix-run/node'
import { readInvoicePdf } from '#app/reports/invoices/query.server.ts'
import { pdfResponse } from '#app/web/answers/documents.server.ts'
import { asBuyer } from '#app/web/request/as-buyer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** The parent's document as the file that was sent. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const documentId = orNotFound(isUuid(params.documentId) ? params.documentId : null)
  return pdfResponse(orNotFound(await asBuyer(request, 'purchase:read', (ctx) => readInvoicePdf(ctx, documentId))))
}
