import type Stripe from 'stripe'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { CheckoutRequest, GatewayCustomer, GatewayPage, SetupRequest } from '#app/ports/payment-gateway.ts'
import type { OpenStripe } from './stripe-account.ts'
import { stripeUnits } from './stripe-amounts.ts'
import { told } from './stripe-errors.ts'

type PageParams = Stripe.Checkout.SessionCreateParams
type Language = NonNullable<PageParams['locale']>

/** Languages of ours that the gateway's page speaks; others get the browser's. */
const languages = new Set(['de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt'])

/** Opens the gateway's page for one payment. The payer pays in our currency: no conversion on the page. */
export async function openCheckout(open: OpenStripe, request: CheckoutRequest): Promise<GatewayPage> {
  const { attemptId, description, captures } = request
  const { amount, currency } = stripeUnits(request.amount)
  const metadata = { attempt_id: attemptId }
  return openPage(open, request, {
    ...(await payerOf(open, request)),
    mode: 'payment',
    metadata,
    line_items: [{ quantity: 1, price_data: { currency, unit_amount: amount, product_data: { name: description } } }],
    payment_intent_data: {
      metadata,
      description,
      ...(captures === 'later' && { capture_method: 'manual' }),
      ...(request.saves && { setup_future_usage: 'off_session' }),
    },
    adaptive_pricing: { enabled: false },
    ...methodsOf(open),
  })
}

/** Opens the gateway's page that saves a way to pay. */
export async function openSetup(open: OpenStripe, request: SetupRequest): Promise<GatewayPage> {
  const currency = request.currency.toLowerCase()
  const metadata = { attempt_id: request.attemptId, currency }
  return openPage(open, request, {
    customer: await savedCustomer(open, request),
    mode: 'setup',
    currency,
    metadata,
    setup_intent_data: { metadata },
    ...methodsOf(open),
  })
}

async function openPage(open: OpenStripe, request: CheckoutRequest | SetupRequest, params: PageParams): Promise<GatewayPage> {
  const { attemptId, returnTo, language } = request
  const common: PageParams = {
    client_reference_id: attemptId,
    success_url: returnTo.done,
    cancel_url: returnTo.cancelled,
    locale: (languages.has(language) ? language : 'auto') as Language,
  }
  const page = await told(() => open.stripe.checkout.sessions.create({ ...common, ...params }, { idempotencyKey: attemptId }))
  invariant(page.url, 'a page of the gateway has an address')
  return { ref: page.id, url: page.url }
}

/** A payer that saves its method, or did so before, is a customer of the gateway; others are only written to. */
async function payerOf(open: OpenStripe, request: CheckoutRequest): Promise<Pick<PageParams, 'customer' | 'customer_email'>> {
  if (request.saves || request.customer.ref) return { customer: await savedCustomer(open, request) }
  return { customer_email: request.customer.email }
}

type Payer = { readonly attemptId: string; readonly customer: GatewayCustomer }

async function savedCustomer({ stripe }: OpenStripe, { attemptId, customer }: Payer): Promise<string> {
  if (customer.ref) return customer.ref
  const { name, email, accountId } = customer
  const params = { name, email, metadata: { account_id: accountId } }
  const { id } = await told(() => stripe.customers.create(params, { idempotencyKey: `${attemptId}-customer` }))
  return id
}

/** Of what is switched on at the gateway and fits the payment, only what the seller chose. */
function methodsOf({ settings }: OpenStripe): Pick<PageParams, 'allowed_payment_method_types'> {
  if (settings.methods.length === 0) return {}
  return { allowed_payment_method_types: settings.methods.map((method) => (method === 'card' ? 'card' : 'sepa_debit')) }
}
