import type { LoaderFunctionArgs } from '@remix-run/node'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { readDocument } from '#app/reports/invoice-files/query.server.ts'
import { eInvoiceResponse } from '#app/web/answers/documents.server.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'
import { problem } from '#app/web/api/problems.server.ts'

export function loader({ request, params }: LoaderFunctionArgs) {
  return answerApi(request, 'invoiceXml', async (ctx, { query }) => {
    const id = fromPublicId('invoice', params.invoiceId ?? '')
    const invoice = id ? await readDocument(ctx, id) : undefined
    if (!invoice) return refused('not-found')
    return async () => (await eInvoiceResponse(invoice, query.format)) ?? problem(request, 'format-not-possible')
  })
}

export const action = loader
