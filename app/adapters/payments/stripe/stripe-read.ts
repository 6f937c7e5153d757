import type Stripe from 'stripe'
import { type GatewayPayment, GatewayRefused, GatewayUnknown, type PaymentQuery } from '#app/ports/payment-gateway.ts'
import { attemptTime } from '../attempt-time.ts'
import type { OpenStripe } from './stripe-account.ts'
import { told, toldOrMissing } from './stripe-errors.ts'
import { intentParts, paymentOf, setupOf, setupParts, untouchedPage } from './stripe-payment.ts'

type Session = Stripe.Checkout.Session

/** The present state of an attempt; null when the gateway has never heard of it. */
export async function readPayment(open: OpenStripe, query: PaymentQuery): Promise<GatewayPayment | null> {
  if (query.checkoutRef) {
    const page = await toldOrMissing(() => open.stripe.checkout.sessions.retrieve(query.checkoutRef ?? ''))
    return page && ofPage(open, page)
  }
  if (query.ref) return ofRef(open, query.ref)
  return findAttempt(open, query)
}

/** Ends an open page; one that was finished meanwhile stays as it is. */
export async function closePage(open: OpenStripe, query: PaymentQuery): Promise<GatewayPayment | null> {
  const found = await readPayment(open, query)
  const pageRef = found?.checkoutRef
  if (!pageRef || found.state !== 'waiting-for-payer') return found
  await told(() => open.stripe.checkout.sessions.expire(pageRef)).catch(ignoreFinished)
  return readPayment(open, { ...query, checkoutRef: pageRef })
}

/** A page that cannot be ended has ended: the state that is read next says how. */
function ignoreFinished(failure: unknown): void {
  if (!(failure instanceof GatewayRefused) || failure.code === 'bad-credentials') throw failure
}

async function ofPage(open: OpenStripe, page: Session): Promise<GatewayPayment> {
  const intent = idOf(page.payment_intent)
  if (intent) return paymentOf(await readIntent(open, intent), page)
  const setup = idOf(page.setup_intent)
  // The set-up of an open page says nothing yet.
  if (setup && page.status !== 'open') return setupOf(await readSetup(open, setup), page)
  return untouchedPage(page)
}

async function ofRef(open: OpenStripe, ref: string): Promise<GatewayPayment | null> {
  if (ref.startsWith('seti_')) {
    const setup = await toldOrMissing(() => readSetup(open, ref))
    return setup && setupOf(setup, null)
  }
  const intent = await toldOrMissing(() => readIntent(open, ref))
  if (!intent) return null
  const pages = await told(() => open.stripe.checkout.sessions.list({ payment_intent: ref, limit: 1 }))
  return paymentOf(intent, pages.data[0] ?? null)
}

/** The payment of an intent, with all that is told of it. */
export function readIntent({ stripe }: OpenStripe, id: string): Promise<Stripe.PaymentIntent> {
  return told(() => stripe.paymentIntents.retrieve(id, { expand: intentParts }))
}

function readSetup({ stripe }: OpenStripe, id: string): Promise<Stripe.SetupIntent> {
  return told(() => stripe.setupIntents.retrieve(id, { expand: setupParts }))
}

const marginSeconds = 600
// As long as the gateway remembers a key: a call repeated later would be another one.
const keptSeconds = 24 * 3600
const mostListed = 50_000

/** An attempt whose first answer was lost: found in the lists of its time, which are never behind, as the search is. */
async function findAttempt(open: OpenStripe, { attemptId, chargedCustomerRef: customer }: PaymentQuery): Promise<GatewayPayment | null> {
  const began = Math.floor(attemptTime(attemptId) / 1000)
  const window = { created: { gte: began - marginSeconds, lte: began + keptSeconds }, limit: 100 }
  const { checkout, paymentIntents } = open.stripe
  const page = customer ? null : await firstOf(checkout.sessions.list(window), (session) => session.client_reference_id === attemptId)
  if (page) return ofPage(open, page)
  const intents = paymentIntents.list(customer ? { ...window, customer } : window)
  const intent = await firstOf(intents, ({ metadata }) => metadata.attempt_id === attemptId)
  return intent && paymentOf(await readIntent(open, intent.id), null)
}

/** @throws GatewayUnknown when there are more than can be gone through: not finding it proves nothing then. */
async function firstOf<T>(list: AsyncIterable<T>, isWanted: (item: T) => boolean): Promise<T | null> {
  return told(async () => {
    let seen = 0
    for await (const item of list) {
      if (isWanted(item)) return item
      seen += 1
      if (seen >= mostListed) throw new GatewayUnknown('too many payments of that time to find one')
    }
    return null
  })
}

function idOf(object: string | { readonly id: string } | null): string | null {
  return typeof object === 'string' ? object : (object?.id ?? null)
}
