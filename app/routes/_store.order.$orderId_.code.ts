import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTransfer } from '#app/reports/order-progress/query.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { asOrderReader, orderReaderOf } from '#app/web/store/order-reader.server.ts'
import { codePicture, slipOfTransfer } from '#app/web/store/transfer-slip.server.ts'

/** The code of the transfer that an order waits for, for a banking app. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const reader = await orderReaderOf(request, params.orderId)
  const transfer = orNotFound(await asOrderReader(reader, (ctx) => readTransfer(ctx, reader.orderId)))
  return codePicture(orNotFound(slipOfTransfer({ ...transfer, state: 'awaited' }, transfer.bank, transfer.payee)))
}
