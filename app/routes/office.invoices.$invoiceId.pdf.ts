import type { LoaderFunctionArgs } from '@remix-run/node'
import { readInvoicePdf } from '#app/reports/invoices/query.server.ts'
import { asStaff } from '#app/web/as-staff.server.ts'
import { pdfResponse } from '#app/web/documents.server.ts'
import { isUuid } from '#app/web/form-fields.ts'
import { orNotFound } from '#app/web/refuse.server.ts'

/** The invoice as the file that was sent. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const invoiceId = orNotFound(isUuid(params.invoiceId) ? params.invoiceId : null)
  const file = orNotFound(await asStaff(request, 'invoice:read', (ctx) => readInvoicePdf(ctx, invoiceId)))
  return pdfResponse(file)
}
