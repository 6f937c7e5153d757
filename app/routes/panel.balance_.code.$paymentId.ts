import type { LoaderFunctionArgs } from '@remix-run/node'
import { readAnnouncing } from '#app/reports/payments/expected.server.ts'
import { asCustomer } from '#app/web/request/as-customer.server.ts'
import { isUuid } from '#app/web/request/form-fields.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { codePicture, slipOfTransfer } from '#app/web/store/transfer-slip.server.ts'

/** The code of an awaited transfer, for a banking app. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const paymentId = orNotFound(isUuid(params.paymentId) ? params.paymentId : null)
  const { bank, rows, payee } = await asCustomer(request, 'payment:write', (ctx, { accountId }) => readAnnouncing(ctx, accountId))
  const transfer = orNotFound(rows.find(({ id }) => id === paymentId))
  return codePicture(orNotFound(slipOfTransfer(transfer, bank, payee)))
}
