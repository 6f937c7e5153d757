import type { LoaderFunctionArgs } from '@remix-run/node'
import { fromPublicId } from '#app/domain/shared/ids.ts'
import { invoiceDetailView } from '#app/reports/api/views.ts'
import { readInvoice } from '#app/reports/invoices/query.server.ts'
import { answerApi, refused } from '#app/web/api/answer.server.ts'

export function loader({ request, params }: LoaderFunctionArgs) {
  return answerApi(request, 'invoice', async (ctx, { language }) => {
    const id = fromPublicId('invoice', params.invoiceId ?? '')
    const invoice = id ? await readInvoice(ctx, id) : undefined
    if (!invoice) return refused('not-found')
    return invoiceDetailView(invoice, language)
  })
}

export const action = loader
