import { Ledger } from './ledger.ts'
import { type Charge, type Failure, type Intent, type Manner, type Method, type Movement, missing, type Thing } from './things.ts'

export type Happening = { readonly type: string; readonly object: Thing }

/** All that the gateway knows of one account. */
export class World {
  readonly things = new Map<string, Thing>()
  readonly ledger: Ledger
  private count = 0

  constructor(
    readonly surroundings: {
      readonly logFile: string | undefined
      readonly now: () => Date
      readonly baseUrl: () => string
      readonly tell: (happening: Happening) => void
    },
  ) {
    this.ledger = new Ledger(surroundings.logFile)
  }

  get nowSeconds(): number {
    return Math.floor(this.surroundings.now().getTime() / 1000)
  }

  nextId(prefix: string): string {
    this.count += 1
    return `${prefix}_${String(this.count).padStart(14, '0')}`
  }

  keep<T extends Thing>(thing: T): T {
    this.things.set(thing.id, thing)
    return thing
  }

  find<T extends Thing>(id: string, object: T['object']): T {
    const thing = this.things.get(id)
    if (thing?.object !== object) throw missing(id)
    return thing as T
  }

  /** Newest first, as the gateway lists. */
  all<T extends Thing>(object: T['object']): T[] {
    return [...this.things.values()].filter((thing) => thing.object === object).reverse() as T[]
  }

  tell(type: string, object: Thing): void {
    this.surroundings.tell({ type, object: structuredClone(object) })
  }

  move(type: string, source: { id: string; currency: string }, amount: number, fee: number): Movement {
    return this.keep({
      id: this.nextId('txn'),
      object: 'balance_transaction',
      created: this.nowSeconds,
      type,
      amount,
      fee,
      net: amount - fee,
      currency: source.currency,
      source: source.id,
      payout: null,
    } satisfies Movement)
  }

  method(manner: Manner, customer: string | null): Method {
    const debit = manner.startsWith('sepa')
    return this.keep({
      id: this.nextId('pm'),
      object: 'payment_method',
      type: debit ? 'sepa_debit' : 'card',
      customer,
      ...(debit ? { sepa_debit: { last4: '3000' } } : { card: { brand: 'visa', last4: '4242', exp_month: 2, exp_year: 2028 } }),
      manner,
    } satisfies Method)
  }

  /** Money arrives, or is held. */
  succeed(intent: Intent): void {
    const charge = this.keep({
      id: this.nextId('ch'),
      object: 'charge',
      payment_intent: intent.id,
      amount: intent.amount,
      currency: intent.currency,
      amount_captured: 0,
      amount_refunded: 0,
      balance_transaction: null,
      metadata: { ...intent.metadata },
    } satisfies Charge)
    Object.assign(intent, { latest_charge: charge.id, next_action: null, last_payment_error: null })
    if (intent.capture_method === 'automatic') this.take(intent, intent.amount)
    else this.hold(intent)
  }

  private hold(intent: Intent): void {
    Object.assign(intent, { status: 'requires_capture', amount_capturable: intent.amount })
    this.note('authorised', intent, intent.amount)
    this.tell('payment_intent.amount_capturable_updated', intent)
  }

  take(intent: Intent, units: number): void {
    const charge = this.find<Charge>(intent.latest_charge ?? '', 'charge')
    charge.amount_captured = units
    charge.balance_transaction = this.move('charge', charge, units, feeOf(units, charge.currency)).id
    Object.assign(intent, { status: 'succeeded', amount_received: units, amount_capturable: 0 })
    this.note('captured', intent, units)
    this.tell('payment_intent.succeeded', intent)
  }

  fail(intent: Intent, failure: Failure): void {
    Object.assign(intent, { status: 'requires_payment_method', next_action: null, last_payment_error: failure })
    this.note('failed', intent, intent.amount)
    this.tell('payment_intent.payment_failed', intent)
  }

  askPayer(intent: Intent, returnUrl: string): void {
    const url = `${this.surroundings.baseUrl()}/authenticate/${intent.id}`
    Object.assign(intent, {
      status: 'requires_action',
      last_payment_error: null,
      next_action: { type: 'redirect_to_url', redirect_to_url: { url, return_url: returnUrl } },
    })
    this.tell('payment_intent.requires_action', intent)
  }

  note(what: 'captured' | 'authorised' | 'failed' | 'refunded' | 'disputed' | 'dispute-won', intent: Intent, units: number): void {
    this.ledger.note({ what, payment: intent.id, attempt: intent.metadata.attempt_id ?? '', units, currency: intent.currency })
  }
}

/** A hundredth and a quarter; in whole coins where there are only those. */
function feeOf(units: number, currency: string): number {
  return currency === 'isk' ? Math.floor(units / 10_000) * 100 : Math.floor(units / 100) + 25
}

export function cardFailure(decline: string): Failure {
  const isCode = decline === 'authentication_required' || decline.startsWith('payment_intent_')
  return {
    type: 'card_error',
    code: isCode ? decline : 'card_declined',
    ...(isCode ? {} : { decline_code: decline }),
    message: 'Your card was declined.',
  }
}
