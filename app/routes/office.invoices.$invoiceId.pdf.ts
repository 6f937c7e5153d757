import type { LoaderFunctionArgs } from '@remix-run/node'
import { readInvoicePdf } from '#app/reports/invoices/query.server.ts'
import { pdfResponse } from '#app/web/answers/documents.server.ts'
import { asStaff } from '#app/web/request/as-staff.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'

/** The invoice as the file that was sent. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const invoiceId = orNotFound(isUuid(params.invoiceId) ? params.invoiceId : null)
  const file = orNotFound(await asStaff(request, 'invoice:read', (ctx) => readInvoicePdf(ctx, invoiceId)))
  return pdfResponse(file)
}
