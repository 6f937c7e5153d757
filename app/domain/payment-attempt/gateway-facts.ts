import type { Money } from '../money/money.ts'
import type { LocalDate } from '../time/local-date.ts'

/** The payment gateways that adapters exist for; the last is ours and moves no money. */
export const gatewayNames = ['stripe', 'paypal', 'sandbox'] as const
export type GatewayName = (typeof gatewayNames)[number]

/** Why a payment did not come about, in words that every adapter maps its own codes to. */
export const declineCodes = [
  'declined',
  'insufficient-funds',
  'expired-card',
  'wrong-security-code',
  'wrong-number',
  'lost-or-stolen',
  'limit-exceeded',
  'not-supported',
  'authentication-failed',
  'authentication-required',
  'fraud-suspected',
  'try-again-later',
  'bank-debit-refused',
  'cancelled-by-payer',
  'gateway-refused',
] as const
export type DeclineCode = (typeof declineCodes)[number]

/** A saved way to pay, as the gateway tells of it; `expiresOn` is the last day it can be charged. */
export type SavedMethod = {
  readonly ref: string
  readonly customerRef: string
  readonly kind: 'card' | 'sepa-debit' | 'paypal'
  readonly label: string
  readonly lastDigits: string | null
  readonly expiresOn: LocalDate | null
  /** How the gateway names the card itself, the same for every payer who uses it; null where it names none. */
  readonly fingerprint?: string | null
}

/** What a verified event says it is about; the gateway is then asked for the present state. */
export type GatewayEvent = {
  readonly id: string
  readonly type: string
  /** The gateway's name of the account it belongs to. */
  readonly accountRef: string
  readonly about:
    | { readonly kind: 'payment'; readonly ref: string | null; readonly checkoutRef: string | null; readonly attemptId: string | null }
    | { readonly kind: 'refund'; readonly ref: string; readonly paymentRef: string }
    | { readonly kind: 'dispute'; readonly ref: string; readonly paymentRef: string }
    | { readonly kind: 'payout'; readonly ref: string }
    | { readonly kind: 'method'; readonly ref: string }
    | { readonly kind: 'other' }
}
/** A request and its answer, secrets masked, for the transaction log. Bodies are cut at 10 kB. */
export type GatewayExchange = {
  readonly operation: string
  readonly method: string
  readonly path: string
  readonly status: number | null
  readonly problem: string | null
  readonly request: string
  readonly answer: string
  readonly durationMs: number
  readonly at: Date
}

/** One movement of a payout: what was captured, given back or taken back, and what the gateway kept of it. */
export type PayoutLine = {
  readonly kind: 'payment' | 'refund' | 'dispute' | 'fee' | 'other'
  /** The payment, refund or dispute it is about. */
  readonly ref: string | null
  readonly amount: Money
  readonly fee: Money
}
/** Money that the gateway sent to the seller's bank. `amount` is what arrives. */
export type GatewayPayout = {
  readonly ref: string
  readonly amount: Money
  readonly arrivesOn: LocalDate
  readonly state: 'on-its-way' | 'paid' | 'failed'
  readonly lines: readonly PayoutLine[]
}
