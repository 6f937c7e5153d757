import { type Form, formAt, listAt, numberAt, textAt, textsAt } from './form.ts'
import { isChargeable } from './ledger.ts'
import {
  badRequest,
  type Charge,
  type Customer,
  type Dispute,
  type File,
  type Intent,
  type Method,
  type Movement,
  type Payout,
  type Refund,
  Refusal,
  type Session,
  type Setup,
  type Thing,
} from './things.ts'
import { cardFailure, type World } from './world.ts'

type Call = { readonly world: World; readonly id: string; readonly form: Form; readonly query: URLSearchParams }
type Endpoint = (call: Call) => unknown

/** `POST /v1/refunds` and its like; `:id` stands for an id. */
export const endpoints: Readonly<Record<string, Endpoint>> = {
  'GET account': () => ({ id: 'acct_1Emulated', object: 'account' }),
  'POST customers': ({ world, form }) =>
    world.keep({
      id: world.nextId('cus'),
      object: 'customer',
      name: textAt(form, 'name') ?? '',
      email: textAt(form, 'email') ?? '',
      metadata: textsAt(form, 'metadata'),
    } satisfies Customer),
  'POST checkout/sessions': openSession,
  'GET checkout/sessions': ({ world, query }) =>
    page(
      query,
      inWindow(world.all<Session>('checkout.session'), query).filter((session) =>
        matches(session.payment_intent, query.get('payment_intent')),
      ),
    ),
  'GET checkout/sessions/:id': ({ world, id }) => world.find<Session>(id, 'checkout.session'),
  'POST checkout/sessions/:id/expire': ({ world, id }) => {
    const session = world.find<Session>(id, 'checkout.session')
    if (session.status !== 'open') throw badRequest('checkout_session_not_open', 'Only open sessions can be expired.')
    Object.assign(session, { status: 'expired', url: null })
    world.tell('checkout.session.expired', session)
    return session
  },
  'POST payment_intents': charge,
  'GET payment_intents': ({ world, query }) =>
    page(
      query,
      inWindow(world.all<Intent>('payment_intent'), query).filter(({ customer }) => matches(customer, query.get('customer'))),
    ),
  'GET payment_intents/:id': ({ world, id }) => world.find<Intent>(id, 'payment_intent'),
  'POST payment_intents/:id/confirm': confirm,
  'POST payment_intents/:id/capture': ({ world, id, form }) => {
    const intent = inState(world, id, 'requires_capture')
    const units = textAt(form, 'amount_to_capture') === null ? intent.amount : numberAt(form, 'amount_to_capture')
    if (units > intent.amount_capturable) throw badRequest('amount_too_large', 'More than was authorised.')
    world.take(intent, units)
    return intent
  },
  'POST payment_intents/:id/cancel': ({ world, id }) => {
    const intent = world.find<Intent>(id, 'payment_intent')
    if (intent.status === 'succeeded' || intent.status === 'canceled') throw unexpectedState()
    Object.assign(intent, { status: 'canceled', amount_capturable: 0, next_action: null })
    world.tell('payment_intent.canceled', intent)
    return intent
  },
  'GET setup_intents/:id': ({ world, id }) => world.find<Setup>(id, 'setup_intent'),
  'POST refunds': giveBack,
  'GET refunds': ({ world, query }) =>
    page(
      query,
      world.all<Refund>('refund').filter((refund) => matches(refund.payment_intent, query.get('payment_intent'))),
    ),
  'GET disputes/:id': ({ world, id }) => world.find<Dispute>(id, 'dispute'),
  'POST disputes/:id': ({ world, id, form }) => {
    const dispute = world.find<Dispute>(id, 'dispute')
    if (dispute.status !== 'needs_response') throw badRequest('dispute_already_submitted', 'Evidence was submitted already.')
    Object.assign(dispute, {
      evidence: textsAt(form, 'evidence'),
      status: textAt(form, 'submit') === 'true' ? 'under_review' : dispute.status,
    })
    world.tell('charge.dispute.updated', dispute)
    return dispute
  },
  'POST files': ({ world }) => world.keep({ id: world.nextId('file'), object: 'file', purpose: 'dispute_evidence' } satisfies File),
  'GET payouts': ({ world, query }) =>
    page(
      query,
      world.all<Payout>('payout').filter(({ arrival_date }) => arrival_date >= Number(query.get('arrival_date[gte]') ?? 0)),
    ),
  'GET balance_transactions': ({ world, query }) =>
    page(
      query,
      world.all<Movement>('balance_transaction').filter((movement) => matches(movement.payout, query.get('payout'))),
    ),
  'GET payment_methods/:id': ({ world, id }) => world.find<Method>(id, 'payment_method'),
  'POST payment_methods/:id/detach': ({ world, id }) => detach(world, id),
}

/** A way to pay is taken away, by whoever asked for it. */
export function detach(world: World, id: string): Method {
  const method = Object.assign(world.find<Method>(id, 'payment_method'), { customer: null })
  world.tell('payment_method.detached', method)
  return method
}

function openSession({ world, form }: Call): Session {
  const isPayment = textAt(form, 'mode') === 'payment'
  const [line] = listAt(form, 'line_items') as Form[]
  const price = formAt(line ?? {}, 'price_data')
  if (isPayment && !isChargeable(numberAt(price, 'unit_amount'), textAt(price, 'currency') ?? ''))
    throw badRequest('parameter_invalid_integer', 'Invalid amount.')
  const id = world.nextId('cs_test')
  return world.keep({
    id,
    object: 'checkout.session',
    created: world.nowSeconds,
    livemode: false,
    mode: isPayment ? 'payment' : 'setup',
    status: 'open',
    payment_status: isPayment ? 'unpaid' : 'no_payment_required',
    amount_total: isPayment ? numberAt(price, 'unit_amount') : null,
    currency: textAt(isPayment ? price : form, 'currency'),
    client_reference_id: textAt(form, 'client_reference_id'),
    customer: textAt(form, 'customer'),
    payment_intent: null,
    setup_intent: null,
    metadata: textsAt(form, 'metadata'),
    url: `${world.surroundings.baseUrl()}/pay/${id}`,
    success_url: textAt(form, 'success_url') ?? '',
    cancel_url: textAt(form, 'cancel_url') ?? '',
    plan: { ...formAt(form, isPayment ? 'payment_intent_data' : 'setup_intent_data') },
  } satisfies Session)
}

/** A payment that nobody has paid yet. */
export function newIntent(world: World, given: Pick<Intent, 'amount' | 'currency' | 'customer' | 'metadata'> & Partial<Intent>): Intent {
  const id = world.nextId('pi')
  return world.keep({
    id,
    object: 'payment_intent',
    created: world.nowSeconds,
    livemode: false,
    status: 'requires_payment_method',
    amount_received: 0,
    amount_capturable: 0,
    payment_method: null,
    setup_future_usage: null,
    capture_method: 'automatic',
    description: null,
    last_payment_error: null,
    next_action: null,
    latest_charge: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_canary`,
    ...given,
  } satisfies Intent)
}

function charge({ world, form }: Call): Intent {
  const amount = numberAt(form, 'amount')
  const currency = textAt(form, 'currency') ?? ''
  if (!isChargeable(amount, currency)) throw badRequest('parameter_invalid_integer', 'Invalid amount.')
  const method = world.find<Method>(textAt(form, 'payment_method') ?? '', 'payment_method')
  if (method.customer === null || method.customer !== textAt(form, 'customer'))
    throw badRequest('payment_method_unexpected_state', 'Not of this customer.')
  const intent = newIntent(world, {
    amount,
    currency,
    customer: method.customer,
    payment_method: method.id,
    metadata: textsAt(form, 'metadata'),
    description: textAt(form, 'description'),
    capture_method: textAt(form, 'capture_method') === 'manual' ? 'manual' : 'automatic',
  })
  const { manner } = method
  if (manner === 'ok') world.succeed(intent)
  else if (manner === 'sepa') Object.assign(intent, { status: 'processing' })
  else decline(world, intent, manner === 'authentication' ? 'authentication_required' : manner)
  return intent
}

/** The payer is there now: its bank may ask for it. */
function confirm({ world, id, form }: Call): Intent {
  const intent = inState(world, id, 'requires_payment_method')
  const { manner } = world.find<Method>(textAt(form, 'payment_method') ?? intent.payment_method ?? '', 'payment_method')
  if (manner === 'authentication') world.askPayer(intent, textAt(form, 'return_url') ?? '')
  else if (manner === 'ok') world.succeed(intent)
  else decline(world, intent, manner)
  return intent
}

function decline(world: World, intent: Intent, code: string): never {
  const failure = cardFailure(code)
  world.fail(intent, failure)
  throw new Refusal(402, { ...failure, payment_intent: structuredClone(intent) })
}

function giveBack({ world, form }: Call): Refund {
  const intent = inState(world, textAt(form, 'payment_intent') ?? '', 'succeeded')
  const charged = world.find<Charge>(intent.latest_charge ?? '', 'charge')
  const amount = numberAt(form, 'amount')
  if (charged.amount_refunded === charged.amount_captured) throw badRequest('charge_already_refunded', 'Charge has already been refunded.')
  if (amount > charged.amount_captured - charged.amount_refunded)
    throw badRequest('amount_too_large', 'Refund amount is greater than unrefunded amount.')
  return refundOf(world, intent, { amount, metadata: textsAt(form, 'metadata') })
}

/** Money goes back, asked for here or by hand at the gateway. */
export function refundOf(world: World, intent: Intent, { amount, metadata }: { amount: number; metadata: Record<string, string> }): Refund {
  const charged = world.find<Charge>(intent.latest_charge ?? '', 'charge')
  charged.amount_refunded += amount
  const id = world.nextId('re')
  const refund = world.keep({
    id,
    object: 'refund',
    payment_intent: intent.id,
    charge: charged.id,
    amount,
    currency: intent.currency,
    status: 'succeeded',
    metadata,
    balance_transaction: world.move('refund', { id, currency: intent.currency }, -amount, 0).id,
  } satisfies Refund)
  world.note('refunded', intent, amount)
  world.tell('refund.created', refund)
  world.tell('charge.refunded', charged)
  return refund
}

function inState(world: World, id: string, status: Intent['status']): Intent {
  const intent = world.find<Intent>(id, 'payment_intent')
  if (intent.status !== status) throw unexpectedState()
  return intent
}

const unexpectedState = () => badRequest('payment_intent_unexpected_state', 'The state of the payment does not allow this.')
const matches = (value: string | null, wanted: string | null) => wanted === null || value === wanted

function inWindow<T extends { created: number }>(things: T[], query: URLSearchParams): T[] {
  const from = Number(query.get('created[gte]') ?? 0)
  const to = Number(query.get('created[lte]') ?? Number.MAX_SAFE_INTEGER)
  return things.filter(({ created }) => created >= from && created <= to)
}

function page<T extends Thing>(query: URLSearchParams, things: T[]) {
  const after = query.get('starting_after')
  const start = after ? things.findIndex(({ id }) => id === after) + 1 : 0
  const limit = Number(query.get('limit') ?? 10)
  return { object: 'list', url: '', data: things.slice(start, start + limit), has_more: things.length > start + limit }
}
