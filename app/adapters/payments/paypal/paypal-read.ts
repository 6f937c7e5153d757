import { type GatewayPayment, GatewayRefused, GatewayUnknown, type PaymentQuery } from '#app/ports/payment-gateway.ts'
import { attemptTime } from '../attempt-time.ts'
import type { OpenPaypal } from './paypal-account.ts'
import { orders } from './paypal-client.ts'
import { orMissing } from './paypal-errors.ts'
import { type PaypalOrder, paymentOfOrder, unitOf } from './paypal-order.ts'
import { isSetupRef, readSetup } from './paypal-vault.ts'

/**
 * The present state of an attempt. An order that its payer has approved is completed here, under the key of the attempt: PayPal takes
 * no money by itself. Null when it has never heard of the attempt.
 */
export async function readPayment(open: OpenPaypal, query: PaymentQuery): Promise<GatewayPayment | null> {
  if (query.checkoutRef && isSetupRef(query.checkoutRef)) return readSetup(open, query)
  const order = await findOrder(open, query)
  if (!order) return null
  const { capture, authorization, ending } = unitOf(order)
  const isApproved = order.status === 'APPROVED' && !capture && !authorization && !ending
  return paymentOfOrder(isApproved ? await complete(open, order) : order)
}

/** Ends an order that nobody approved. Orders have no end of their own, so it is marked: what is marked is never completed. */
export async function closePage(open: OpenPaypal, query: PaymentQuery): Promise<GatewayPayment | null> {
  if (query.checkoutRef && isSetupRef(query.checkoutRef)) return readSetup(open, query)
  const found = await readPayment(open, query)
  if (!found?.checkoutRef || found.state !== 'waiting-for-payer') return found
  return paymentOfOrder(await markEnded(open, found.checkoutRef, { attemptId: found.attemptId, ending: 'closed' }))
}

/** Takes, or holds, what the payer approved. When its bank says no the order is ended with that reason. */
async function complete(open: OpenPaypal, order: PaypalOrder): Promise<PaypalOrder> {
  const { attemptId } = unitOf(order)
  const Request = order.intent === 'CAPTURE' ? orders.OrdersCaptureRequest : orders.OrdersAuthorizeRequest
  const request = new Request(order.id).payPalRequestId(`${attemptId}-complete`).prefer('return=representation')
  try {
    await open.client.ask({ ...request, body: {} })
  } catch (cause) {
    if (!(cause instanceof GatewayRefused) || cause.code === 'bad-credentials' || cause.code === 'not-found') throw cause
    const ending = cause.code === 'bad-request' ? 'gateway-refused' : cause.code
    if (cause.code !== 'already-done') return markEnded(open, order.id, { attemptId, ending })
  }
  return readOrder(open, order.id)
}

type Ending = { readonly attemptId: string; readonly ending: string }

async function markEnded(open: OpenPaypal, orderId: string, { attemptId, ending }: Ending): Promise<PaypalOrder> {
  const path = "/purchase_units/@reference_id=='checkout'/custom_id"
  const body = [{ op: 'replace', path, value: `${attemptId}|${ending}` }]
  await open.client.ask({ ...new orders.OrdersPatchRequest(orderId), body })
  return readOrder(open, orderId)
}

/** An order by its id, with its payments. */
export function readOrder({ client }: OpenPaypal, id: string): Promise<PaypalOrder> {
  return client.ask<PaypalOrder>({ ...new orders.OrdersGetRequest(id) })
}

type Related = { readonly supplementary_data?: { readonly related_ids?: { readonly order_id?: string } } }

/** The order that a capture or an authorisation belongs to. */
export async function orderOfPayment(open: OpenPaypal, ref: string): Promise<PaypalOrder | null> {
  const at = (kind: string) => ({ path: `/v2/payments/${kind}/${encodeURIComponent(ref)}`, verb: 'GET' })
  const payment =
    (await orMissing(open.client.ask<Related>(at('captures')))) ?? (await orMissing(open.client.ask<Related>(at('authorizations'))))
  const orderId = payment?.supplementary_data?.related_ids?.order_id
  return orderId ? readOrder(open, orderId) : null
}

async function findOrder(open: OpenPaypal, { checkoutRef, ref, attemptId }: PaymentQuery): Promise<PaypalOrder | null> {
  if (checkoutRef) return orMissing(readOrder(open, checkoutRef))
  return ref ? orderOfPayment(open, ref) : findAttempt(open, attemptId)
}

type Reported = {
  readonly transaction_details?: readonly {
    readonly transaction_info: { readonly transaction_id: string; readonly custom_field?: string }
  }[]
  readonly total_pages?: number
}

const hourMs = 3_600_000
/** Until then a payment may be missing from the report. */
const reportLagMs = 4 * hourMs
const mostPages = 20

/**
 * An attempt whose first answer was lost. Orders cannot be listed, but what moved money is reported after some hours.
 * @throws GatewayUnknown until then.
 */
async function findAttempt(open: OpenPaypal, attemptId: string): Promise<PaypalOrder | null> {
  const began = attemptTime(attemptId)
  const asked = open.clock.now().getTime()
  for (let page = 1, pages = 1; page <= pages; page += 1) {
    const window = { start_date: isoSeconds(began - hourMs), end_date: isoSeconds(Math.min(began + 24 * hourMs, asked + hourMs)) }
    const query = new URLSearchParams({ ...window, fields: 'transaction_info', page_size: '500', page: String(page) })
    const found = await open.client.ask<Reported>({ path: `/v1/reporting/transactions?${query}`, verb: 'GET' })
    const hit = found.transaction_details?.find(({ transaction_info: info }) => info.custom_field === attemptId)
    if (hit) return orderOfPayment(open, hit.transaction_info.transaction_id)
    pages = found.total_pages ?? 1
    if (pages > mostPages) throw new GatewayUnknown('too many payments of that time to find one')
  }
  if (asked - began < reportLagMs) throw new GatewayUnknown('the gateway cannot tell yet')
  return null
}

/** Instants without fractions, as the report asks for them. */
function isoSeconds(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`
}
