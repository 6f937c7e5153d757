import type { LoaderFunctionArgs } from '@remix-run/node'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { readInvoicePdf } from '#app/reports/invoices/query.server.ts'
import { pdfResponse } from '#app/web/answers/documents.server.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'

export function loader({ request, params }: LoaderFunctionArgs) {
  return answerApi(request, 'invoicePdf', async (ctx) => {
    const id = fromPublicId('invoice', params.invoiceId ?? '')
    const file = id ? await readInvoicePdf(ctx, id) : undefined
    return file ? () => pdfResponse(file) : refused('not-found')
  })
}

export const action = loader
