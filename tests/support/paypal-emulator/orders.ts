import { amountIssue, Books, type Cash, cashOf, cents } from './books.ts'

type Capture = {
  id: string
  status: string
  amount: Cash
  custom_id: string
  seller_receivable_breakdown: { paypal_fee: Cash }
  supplementary_data: Related
  payee: Payee
}
type Authorization = { id: string; status: string; amount: Cash; custom_id: string; supplementary_data: Related }
type Refund = { id: string; status: string; amount: Cash; custom_id?: string; links: Link[] }
type Related = { related_ids: { order_id: string } }
type Payee = { merchant_id: string }
type Link = { rel: string; href: string }
type Unit = {
  reference_id: string
  custom_id: string
  invoice_id: string
  amount: Cash
  payee: Payee
  payments?: { captures?: Capture[]; authorizations?: Authorization[]; refunds?: Refund[] }
}
export type Order = {
  id: string
  status: string
  intent: string
  links: Link[]
  purchase_units: Unit[]
  payment_source: { paypal: Source }
}
type Source = {
  vault_id?: string
  email_address?: string
  experience_context?: { return_url: string; cancel_url: string }
  attributes?: { vault?: { store_in_vault?: string; id?: string; status?: string; customer?: { id: string } }; customer?: { id: string } }
}
/** `manner` says how a saved account behaves when it is charged: `ok`, `ask`, or an issue. */
export type Token = { id: string; customer: { id: string }; payment_source: { paypal: { email_address: string } }; manner: string }
export type SetupToken = {
  id: string
  status: string
  links: Link[]
  customer?: { id: string }
  manner: string
  context: { return_url: string; cancel_url: string }
}
export type Dispute = {
  dispute_id: string
  reason: string
  status: string
  dispute_amount: Cash
  seller_response_due_date: string
  disputed_transactions: { seller_transaction_id: string }[]
  dispute_outcome?: { outcome_code: string }
}

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly issue: string,
  ) {
    super(issue)
  }
}
const impossible = (issue: string) => new Refusal(422, issue)
const missing = () => new Refusal(404, 'INVALID_RESOURCE_ID')
const merchant = { merchant_id: 'MERCHANT7EMULATED' }

type OrderBody = { intent: string; purchase_units: Unit[]; payment_source: { paypal: Source } }

/** All that the gateway knows of one merchant. */
export class Merchant {
  readonly orders = new Map<string, Order>()
  readonly tokens = new Map<string, Token>()
  readonly setups = new Map<string, SetupToken>()
  readonly disputes = new Map<string, Dispute>()
  readonly books: Books
  private count = 0
  private readonly invoices = new Set<string>()

  constructor(
    private readonly surroundings: {
      readonly logFile: string | undefined
      readonly baseUrl: () => string
      readonly tell: (type: string, resource: object) => void
    },
  ) {
    this.books = new Books(surroundings.logFile)
  }

  nextId(prefix: string): string {
    this.count += 1
    return `${prefix}${String(this.count).padStart(12, '0')}`
  }

  create({ intent, purchase_units: [given], payment_source: { paypal } }: OrderBody): Order {
    if (!given) throw impossible('MISSING_REQUIRED_PARAMETER')
    const issue = amountIssue(given.amount)
    if (issue) throw impossible(issue)
    if (this.invoices.has(given.invoice_id)) throw impossible('DUPLICATE_INVOICE_ID')
    const id = this.nextId('ORDER')
    const unit = { ...given, payee: merchant }
    const page = { rel: 'payer-action', href: `${this.surroundings.baseUrl()}/approve/${id}` }
    const order: Order = { id, status: 'PAYER_ACTION_REQUIRED', intent, links: [page], purchase_units: [unit], payment_source: { paypal } }
    if (paypal.vault_id) this.charge(order, paypal.vault_id)
    this.orders.set(id, order)
    this.invoices.add(given.invoice_id)
    return order
  }

  private charge(order: Order, tokenId: string): void {
    const token = this.token(tokenId)
    if (token.manner === 'ask') return
    if (token.manner !== 'ok') throw impossible(token.manner)
    this.take(order)
  }

  order(id: string): Order {
    const order = this.orders.get(id)
    if (!order) throw missing()
    return order
  }

  patch(id: string, [change]: readonly { op: string; path: string; value: string }[]): void {
    const order = this.order(id)
    const unit = unitOf(order)
    if (order.status === 'COMPLETED') throw impossible('ORDER_ALREADY_COMPLETED')
    if (change?.path !== `/purchase_units/@reference_id=='${unit.reference_id}'/custom_id`) throw impossible('NOT_PATCHABLE')
    unit.custom_id = change.value
  }

  /** The payer agrees on the page; `issue` is what its bank says once the money is asked for. */
  approve(id: string, { issue, manner }: { issue: string | null; manner: string }): string {
    const order = this.order(id)
    const { paypal } = order.payment_source
    if (order.status !== 'PAYER_ACTION_REQUIRED') throw impossible('ORDER_NOT_APPROVABLE')
    order.status = 'APPROVED'
    this.refusals.set(id, issue)
    paypal.email_address = 'payer@example.com'
    if (paypal.attributes?.vault?.store_in_vault) this.manners.set(id, manner)
    this.surroundings.tell('CHECKOUT.ORDER.APPROVED', order)
    if (unitOf(order).reference_id === 'charge') this.take(order)
    return paypal.experience_context?.return_url ?? ''
  }
  private readonly refusals = new Map<string, string | null>()
  private readonly manners = new Map<string, string>()

  complete(id: string, intent: string): Order {
    const order = this.order(id)
    if (order.status === 'COMPLETED') throw impossible('ORDER_ALREADY_CAPTURED')
    if (order.status !== 'APPROVED' || order.intent !== intent) throw impossible('ORDER_NOT_APPROVED')
    const issue = this.refusals.get(id)
    if (issue) throw impossible(issue)
    const manner = this.manners.get(id)
    if (manner) {
      const token = this.save(manner)
      order.payment_source.paypal.attributes = { vault: { id: token.id, status: 'VAULTED', customer: token.customer } }
    }
    if (intent === 'CAPTURE') this.take(order)
    else this.hold(order)
    return order
  }

  save(manner: string): Token {
    const id = this.nextId('TOKEN')
    const token = { id, customer: { id: this.nextId('PAYER') }, payment_source: { paypal: { email_address: 'payer@example.com' } }, manner }
    this.tokens.set(id, token)
    this.surroundings.tell('VAULT.PAYMENT-TOKEN.CREATED', token)
    return token
  }

  token(id: string): Token {
    const token = this.tokens.get(id)
    if (!token) throw missing()
    return token
  }

  /** A saved account is taken away, by the merchant or by its owner. */
  forget(id: string): void {
    const token = this.tokens.get(id)
    if (!token) return
    this.tokens.delete(id)
    this.surroundings.tell('VAULT.PAYMENT-TOKEN.DELETED', token)
  }

  private hold(order: Order): void {
    const unit = unitOf(order)
    const id = this.nextId('AUTH')
    const held = {
      id,
      status: 'CREATED',
      amount: unit.amount,
      custom_id: unit.custom_id,
      supplementary_data: { related_ids: { order_id: order.id } },
    }
    unit.payments = { authorizations: [held] }
    order.status = 'COMPLETED'
    this.surroundings.tell('PAYMENT.AUTHORIZATION.CREATED', held)
  }

  private take(order: Order, amount: Cash = unitOf(order).amount): Capture {
    const unit = unitOf(order)
    const capture = {
      id: this.nextId('CAPTURE'),
      status: 'COMPLETED',
      amount,
      custom_id: unit.custom_id,
      seller_receivable_breakdown: { paypal_fee: cashOf(Math.floor(cents(amount) / 10_000) * 100, amount.currency_code) },
      supplementary_data: { related_ids: { order_id: order.id } },
      payee: merchant,
    }
    unit.payments = { ...unit.payments, captures: [capture] }
    order.status = 'COMPLETED'
    this.books.note('captured', unit.custom_id, amount)
    this.surroundings.tell('PAYMENT.CAPTURE.COMPLETED', capture)
    return capture
  }

  captureHeld(id: string, amount: Cash): Capture {
    const { order, held } = this.authorization(id)
    if (held.status === 'VOIDED') throw impossible('PREVIOUSLY_VOIDED')
    if (held.status !== 'CREATED') throw impossible('AUTHORIZATION_ALREADY_CAPTURED')
    if (cents(amount) > cents(held.amount)) throw impossible('MAX_CAPTURE_AMOUNT_EXCEEDED')
    held.status = 'CAPTURED'
    return this.take(order, amount)
  }

  voidHeld(id: string): void {
    const { held } = this.authorization(id)
    if (held.status !== 'CREATED') throw impossible('AUTHORIZATION_ALREADY_CAPTURED')
    held.status = 'VOIDED'
    this.surroundings.tell('PAYMENT.AUTHORIZATION.VOIDED', held)
  }

  authorization(id: string): { order: Order; held: Authorization } {
    for (const order of this.orders.values()) {
      const held = unitOf(order).payments?.authorizations?.find((one) => one.id === id)
      if (held) return { order, held }
    }
    throw missing()
  }

  capture(id: string): { order: Order; capture: Capture } {
    for (const order of this.orders.values()) {
      const capture = unitOf(order).payments?.captures?.find((one) => one.id === id)
      if (capture) return { order, capture }
    }
    throw missing()
  }

  refund(captureId: string, { amount, custom_id }: { amount: Cash; custom_id?: string }): Refund {
    const { order, capture } = this.capture(captureId)
    const unit = unitOf(order)
    const before = (unit.payments?.refunds ?? []).reduce((total, refund) => total + cents(refund.amount), 0)
    if (before === cents(capture.amount)) throw impossible('CAPTURE_FULLY_REFUNDED')
    if (before + cents(amount) > cents(capture.amount)) throw impossible('REFUND_AMOUNT_EXCEEDED')
    const up = { rel: 'up', href: `${this.surroundings.baseUrl()}/v2/payments/captures/${captureId}` }
    const refund = { id: this.nextId('REFUND'), status: 'COMPLETED', amount, links: [up], ...(custom_id && { custom_id }) }
    unit.payments = { ...unit.payments, refunds: [...(unit.payments?.refunds ?? []), refund] }
    capture.status = before + cents(amount) === cents(capture.amount) ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
    this.books.note('refunded', unit.custom_id, amount)
    this.surroundings.tell('PAYMENT.CAPTURE.REFUNDED', refund)
    return refund
  }

  dispute(captureId: string, due: Date): Dispute {
    const { capture } = this.capture(captureId)
    const dispute: Dispute = {
      dispute_id: this.nextId('PP-D-'),
      reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
      status: 'WAITING_FOR_SELLER_RESPONSE',
      dispute_amount: capture.amount,
      seller_response_due_date: due.toISOString(),
      disputed_transactions: [{ seller_transaction_id: captureId }],
    }
    this.disputes.set(dispute.dispute_id, dispute)
    this.books.note('disputed', capture.custom_id, capture.amount)
    this.surroundings.tell('CUSTOMER.DISPUTE.CREATED', dispute)
    return dispute
  }

  disputed(id: string): Dispute {
    const dispute = this.disputes.get(id)
    if (!dispute) throw missing()
    return dispute
  }

  decide(id: string, outcome: 'won' | 'lost'): void {
    const code = outcome === 'won' ? 'RESOLVED_SELLER_FAVOUR' : 'RESOLVED_BUYER_FAVOUR'
    const dispute = Object.assign(this.disputed(id), { status: 'RESOLVED', dispute_outcome: { outcome_code: code } })
    this.surroundings.tell('CUSTOMER.DISPUTE.RESOLVED', dispute)
  }
}

export function unitOf({ purchase_units: [unit] }: Order): Unit {
  if (!unit) throw missing()
  return unit
}
