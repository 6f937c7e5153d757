import type { LoaderFunctionArgs } from '@remix-run/node'
import { readOrderProgress } from '#app/reports/order-progress/query.server.ts'
import { eventStream } from '#app/web/answers/event-stream.server.ts'
import { orNotFound } from '#app/web/request/refuse.server.ts'
import { asOrderReader, orderReaderOf } from '#app/web/store/order-reader.server.ts'

/** Tells the page of an order when one of its steps moves. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const reader = await orderReaderOf(request, params.orderId)
  const read = async () => orNotFound(await asOrderReader(reader, (ctx) => readOrderProgress(ctx, reader.orderId, 'en')))
  await read()
  return eventStream(request, async () => {
    const { state, steps, pieces, isToPay, transfer, unconfirmedEmail, address, questions } = await read()
    const version = JSON.stringify([state, steps, pieces, isToPay, transfer?.reference, unconfirmedEmail, address, questions])
    return { version, isOver: state !== 'placed' && state !== 'provisioning' }
  })
}
