import { newIntent, refundOf } from './endpoints.ts'
import { badRequest, type Dispute, type Intent, type Method, type Movement, type Payout, type Session, type Setup } from './things.ts'
import { cardFailure, type World } from './world.ts'

/** What a payer does on the page; `decline:<code>` is the bank's answer, `later` how a saved method behaves afterwards. */
export type PayerDeed = { readonly outcome: string; readonly later?: string | undefined }

/** The payer acts on a page of payment or of saving. Where its browser goes next is the answer. */
export function payOnPage(world: World, sessionId: string, { outcome, later = 'ok' }: PayerDeed): string {
  const session = world.find<Session>(sessionId, 'checkout.session')
  if (outcome === 'cancel') return session.cancel_url
  if (session.status !== 'open') throw badRequest('checkout_session_not_open', 'This page was used or has ended.')
  return session.mode === 'setup' ? save(world, session, { outcome, later }) : pay(world, session, { outcome, later })
}

function pay(world: World, session: Session, { outcome, later }: Required<PayerDeed>): string {
  const intent = session.payment_intent ? world.find<Intent>(session.payment_intent, 'payment_intent') : intentOf(world, session)
  session.payment_intent = intent.id
  const method: Method = world.method(outcome === 'sepa' ? 'sepa' : (later ?? 'ok'), intent.setup_future_usage ? intent.customer : null)
  intent.payment_method = method.id
  const [deed, code = ''] = outcome.split(':')
  if (deed === 'decline') {
    world.fail(intent, cardFailure(code))
    return session.url ?? ''
  }
  if (deed === '3ds') {
    world.askPayer(intent, session.success_url)
    return intent.next_action?.redirect_to_url.url ?? ''
  }
  if (deed === 'sepa') Object.assign(intent, { status: 'processing', last_payment_error: null })
  else world.succeed(intent)
  complete(world, session, deed === 'sepa' ? 'unpaid' : 'paid')
  return session.success_url
}

function complete(world: World, session: Session, payment_status: Session['payment_status']): void {
  Object.assign(session, { status: 'complete', payment_status, url: null })
  world.tell('checkout.session.completed', session)
}

function intentOf(world: World, session: Session): Intent {
  const plan = session.plan as {
    metadata?: Record<string, string>
    capture_method?: string
    setup_future_usage?: string
    description?: string
  }
  return newIntent(world, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? '',
    customer: session.customer,
    metadata: { ...plan.metadata },
    description: plan.description ?? null,
    capture_method: plan.capture_method === 'manual' ? 'manual' : 'automatic',
    setup_future_usage: plan.setup_future_usage ?? null,
  })
}

function save(world: World, session: Session, { outcome, later }: Required<PayerDeed>): string {
  const plan = session.plan as { metadata?: Record<string, string> }
  if (outcome.startsWith('decline')) return session.url ?? ''
  const setup = world.keep({
    id: world.nextId('seti'),
    object: 'setup_intent',
    created: world.nowSeconds,
    livemode: false,
    status: 'succeeded',
    customer: session.customer,
    payment_method: world.method(later ?? 'ok', session.customer).id,
    metadata: { ...plan.metadata },
    last_setup_error: null,
  } satisfies Setup)
  session.setup_intent = setup.id
  world.tell('setup_intent.succeeded', setup)
  complete(world, session, 'no_payment_required')
  return session.success_url
}

/** The payer answers its bank. */
export function authenticate(world: World, intentId: string, isConfirmed: boolean): string {
  const intent = world.find<Intent>(intentId, 'payment_intent')
  const page = world.all<Session>('checkout.session').find(({ payment_intent }) => payment_intent === intentId)
  const back = intent.next_action?.redirect_to_url.return_url ?? ''
  if (intent.status !== 'requires_action') throw badRequest('payment_intent_unexpected_state', 'Nothing to confirm.')
  if (!isConfirmed) {
    world.fail(intent, cardFailure('payment_intent_authentication_failure'))
    return page?.url ?? back
  }
  world.succeed(intent)
  if (page) complete(world, page, 'paid')
  return back
}

/** A bank debit arrives, or comes back unpaid, days later. */
export function settleDebit(world: World, intentId: string, refusal?: string): void {
  const intent = world.find<Intent>(intentId, 'payment_intent')
  if (!refusal) world.succeed(intent)
  else world.fail(intent, { ...cardFailure(refusal), type: 'invalid_request_error', code: 'payment_intent_payment_attempt_failed' })
}

/** The payer's bank takes the money back. */
export function dispute(world: World, intentId: string, reason = 'fraudulent'): Dispute {
  const intent = world.find<Intent>(intentId, 'payment_intent')
  const id = world.nextId('dp')
  const opened = world.keep({
    id,
    object: 'dispute',
    payment_intent: intentId,
    charge: intent.latest_charge ?? '',
    amount: intent.amount_received,
    currency: intent.currency,
    reason,
    status: 'needs_response',
    evidence: {},
    evidence_details: { due_by: world.nowSeconds + 7 * 86_400 },
    balance_transactions: [world.move('adjustment', { id, currency: intent.currency }, -intent.amount_received, 1500)],
  } satisfies Dispute)
  world.note('disputed', intent, opened.amount)
  world.tell('charge.dispute.created', opened)
  return opened
}

export function decideDispute(world: World, disputeId: string, outcome: 'won' | 'lost'): void {
  const found = world.find<Dispute>(disputeId, 'dispute')
  found.status = outcome
  if (outcome === 'won') {
    found.balance_transactions.push(world.move('adjustment', found, found.amount, 0))
    world.note('dispute-won', world.find<Intent>(found.payment_intent, 'payment_intent'), found.amount)
  }
  world.tell('charge.dispute.closed', found)
}

/** The network knows of a new card in place of a saved one, which keeps its name here. */
export function replaceCard(world: World, methodId: string): void {
  const method = world.find<Method>(methodId, 'payment_method')
  method.card = { brand: 'visa', last4: '5556', exp_month: 11, exp_year: 2031 }
  world.tell('payment_method.automatically_updated', method)
}

/** Somebody gives money back in the gateway's own office. */
export function refundByHand(world: World, intentId: string, amount: number): void {
  refundOf(world, world.find<Intent>(intentId, 'payment_intent'), { amount, metadata: {} })
}

/** What has come together of one currency is sent to the seller's bank. */
export function payOut(world: World, currency: string): Payout {
  const due = world.all<Movement>('balance_transaction').filter((movement) => movement.currency === currency && movement.payout === null)
  const payout = world.keep({
    id: world.nextId('po'),
    object: 'payout',
    amount: due.reduce((total, { net }) => total + net, 0),
    currency,
    arrival_date: world.nowSeconds,
    created: world.nowSeconds,
    status: 'paid',
  } satisfies Payout)
  for (const movement of due) movement.payout = payout.id
  world.move('payout', payout, -payout.amount, 0).payout = payout.id
  world.tell('payout.paid', payout)
  return payout
}
