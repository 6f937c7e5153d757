/** Objects as the gateway keeps and tells them; only the fields that anybody reads. */
export type Charge = {
  id: string
  object: 'charge'
  payment_intent: string
  amount: number
  currency: string
  amount_captured: number
  amount_refunded: number
  balance_transaction: string | null
  metadata: Record<string, string>
}
export type Failure = { type: string; code: string; decline_code?: string; message: string }
export type Intent = {
  id: string
  object: 'payment_intent'
  created: number
  livemode: false
  status: 'requires_payment_method' | 'requires_action' | 'processing' | 'requires_capture' | 'canceled' | 'succeeded'
  amount: number
  amount_received: number
  amount_capturable: number
  currency: string
  customer: string | null
  payment_method: string | null
  setup_future_usage: string | null
  capture_method: 'automatic' | 'manual'
  description: string | null
  metadata: Record<string, string>
  last_payment_error: Failure | null
  next_action: { type: 'redirect_to_url'; redirect_to_url: { url: string; return_url: string } } | null
  latest_charge: string | null
  cancellation_reason: string | null
  client_secret: string
}
export type Setup = {
  id: string
  object: 'setup_intent'
  created: number
  livemode: false
  status: 'requires_payment_method' | 'succeeded' | 'canceled'
  customer: string | null
  payment_method: string | null
  metadata: Record<string, string>
  last_setup_error: Failure | null
}
export type Session = {
  id: string
  object: 'checkout.session'
  created: number
  livemode: false
  mode: 'payment' | 'setup'
  status: 'open' | 'complete' | 'expired'
  payment_status: 'paid' | 'unpaid' | 'no_payment_required'
  amount_total: number | null
  currency: string | null
  client_reference_id: string | null
  customer: string | null
  payment_intent: string | null
  setup_intent: string | null
  metadata: Record<string, string>
  url: string | null
  success_url: string
  cancel_url: string
  /** What the payment is made from once somebody pays; not told. */
  plan: Record<string, unknown>
}
/** How a saved way to pay behaves when it is charged without the payer. */
export type Manner = string
export type Method = {
  id: string
  object: 'payment_method'
  type: 'card' | 'sepa_debit'
  customer: string | null
  card?: { brand: string; last4: string; exp_month: number; exp_year: number }
  sepa_debit?: { last4: string }
  manner: Manner
}
export type Refund = {
  id: string
  object: 'refund'
  payment_intent: string
  charge: string
  amount: number
  currency: string
  status: 'succeeded' | 'pending' | 'failed'
  metadata: Record<string, string>
  balance_transaction: string
}
export type Dispute = {
  id: string
  object: 'dispute'
  payment_intent: string
  charge: string
  amount: number
  currency: string
  reason: string
  status: 'needs_response' | 'under_review' | 'won' | 'lost'
  evidence: Record<string, string>
  evidence_details: { due_by: number | null }
  balance_transactions: Movement[]
}
export type Movement = {
  id: string
  object: 'balance_transaction'
  created: number
  type: string
  amount: number
  fee: number
  net: number
  currency: string
  source: string
  payout: string | null
}
export type Payout = {
  id: string
  object: 'payout'
  amount: number
  currency: string
  arrival_date: number
  created: number
  status: string
}
export type Customer = { id: string; object: 'customer'; name: string; email: string; metadata: Record<string, string> }
export type File = { id: string; object: 'file'; purpose: string }
export type Thing = Charge | Intent | Setup | Session | Method | Refund | Dispute | Movement | Payout | Customer | File

/** An error as the gateway words it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: Record<string, unknown>,
  ) {
    super(String(body.message))
  }
}
export const badRequest = (code: string, message: string) => new Refusal(400, { type: 'invalid_request_error', code, message })
export const missing = (id: string) =>
  new Refusal(404, { type: 'invalid_request_error', code: 'resource_missing', message: `No such object: '${id}'` })
