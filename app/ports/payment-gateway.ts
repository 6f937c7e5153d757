import type { Money } from '../domain/money/money.ts'
import type {
  DeclineCode,
  GatewayEvent,
  GatewayExchange,
  GatewayName,
  GatewayPayout,
  SavedMethod,
} from '../domain/payment-attempt/gateway-facts.ts'
import type { Result } from '../domain/shared/result.ts'
import type { LocalDate } from '../domain/time/local-date.ts'

export type {
  DeclineCode,
  GatewayEvent,
  GatewayExchange,
  GatewayName,
  GatewayPayout,
  PayoutLine,
  SavedMethod,
} from '../domain/payment-attempt/gateway-facts.ts'

/** An amount as a gateway takes it: whole units of its own smallest coin, or a decimal text. */
export type GatewayAmount = { readonly value: string; readonly currency: string }
export type AmountProblem = 'amount-not-representable' | 'currency-not-offered'

/** What a payer may do with a gateway. */
export type GatewayAbilities = {
  readonly savesMethods: boolean
  readonly authorises: boolean
  readonly disputes: boolean
  readonly payouts: boolean
}

/** Who pays, as the gateway keeps them; `ref` is the gateway's own name once it has one. */
export type GatewayCustomer = { readonly accountId: string; readonly ref: string | null; readonly name: string; readonly email: string }

/** Where the payer's browser comes back to. */
export type ReturnAddresses = { readonly done: string; readonly cancelled: string }

/** `attemptId` is the idempotency key, and stands on the gateway's objects, so that they can be found by it. */
export type CheckoutRequest = {
  readonly attemptId: string
  readonly amount: Money
  readonly customer: GatewayCustomer
  /** One line for the payer and its bank statement: the seller's words, never a level above it. */
  readonly description: string
  readonly returnTo: ReturnAddresses
  /** Keep the way to pay for later, with the payer's consent. */
  readonly saves: boolean
  /** Captured at once, or only held until `capture`. */
  readonly captures: 'now' | 'later'
  readonly language: string
}

export type SetupRequest = Pick<CheckoutRequest, 'attemptId' | 'customer' | 'returnTo' | 'language'> & { readonly currency: string }

/** A page of the gateway that the payer is sent to. */
export type GatewayPage = { readonly ref: string; readonly url: string }

export type ChargeRequest = {
  readonly attemptId: string
  readonly amount: Money
  readonly customerRef: string
  readonly methodRef: string
  readonly description: string
  readonly captures: 'now' | 'later'
  /** Where the payer goes when its bank asks for a confirmation. */
  readonly returnTo: ReturnAddresses
}

export type GatewayPaymentState =
  | 'waiting-for-payer'
  | 'action-required'
  | 'processing'
  | 'authorised'
  | 'captured'
  | 'failed'
  | 'cancelled'

/** A payment, or a set-up, as it stands at the gateway now. Sums in the payment's currency. */
export type GatewayPayment = {
  /** Null while the payer has not begun on the page. */
  readonly ref: string | null
  /** The page it began on, when there was one. */
  readonly checkoutRef: string | null
  readonly attemptId: string
  readonly state: GatewayPaymentState
  readonly amount: Money
  readonly captured: Money
  readonly refunded: Money
  readonly failure: DeclineCode | null
  /** Where the payer confirms, in state `action-required`. */
  readonly actionUrl: string | null
  /** What was saved, when it was asked for. */
  readonly savedMethod: SavedMethod | null
  readonly fee: Money | null
}

/** `refundId` is the idempotency key. */
export type RefundRequest = { readonly refundId: string; readonly paymentRef: string; readonly amount: Money }
export type GatewayRefund = {
  readonly ref: string
  readonly refundId: string
  readonly state: 'pending' | 'done' | 'failed'
  readonly amount: Money
}

export type GatewayDispute = {
  readonly ref: string
  readonly paymentRef: string
  readonly amount: Money
  /** The bank's reason as a code of the gateway. */
  readonly reason: string
  readonly state: 'needs-response' | 'under-review' | 'won' | 'lost'
  readonly respondBy: Date | null
  readonly fee: Money | null
}
export type DisputeEvidence = {
  readonly text: string
  readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[]
}

/** The gateway said no for good; asking again does not help. */
export class GatewayRefused extends Error {
  override readonly name = 'GatewayRefused'
  constructor(readonly code: 'bad-credentials' | 'bad-request' | 'not-found' | 'already-done' | DeclineCode) {
    super(`the gateway refused: ${code}`)
  }
}

/** No answer, or none that tells: what was asked may have happened. Ask for the present state, never guess. */
export class GatewayUnknown extends Error {
  override readonly name = 'GatewayUnknown'
}

export type RawWebhook = { readonly headers: Readonly<Record<string, string>>; readonly body: string; readonly receivedAt: Date }
export type WebhookProblem = 'bad-signature' | 'expired' | 'malformed' | 'other-account'

/** How to name a payment to its gateway; what is known of it. */
export type PaymentQuery = {
  readonly attemptId: string
  readonly ref: string | null
  readonly checkoutRef: string | null
  /** Of a charge without the payer: whose saved way to pay it was. What the gateway knows of this one customer is gone through then. */
  readonly chargedCustomerRef?: string | undefined
}

/**
 * One seller's account with a payment gateway. Card data never passes: payers are sent to the gateway's own pages. Every call that moves
 * money takes an id of ours as its idempotency key; repeating it finds the first outcome. A decline is a result; @throws GatewayRefused
 * for what is wrong for good, GatewayUnknown when the outcome is not known.
 */
export interface PaymentGateway {
  readonly name: GatewayName
  readonly abilities: GatewayAbilities
  /** The amount exactly as the gateway takes it; nothing is rounded on the way. */
  toGatewayAmount(amount: Money): Result<GatewayAmount, AmountProblem>
  /** Opens the gateway's page for one payment. */
  openCheckout(request: CheckoutRequest): Promise<GatewayPage>
  /** Opens the gateway's page that saves a way to pay and charges nothing. */
  openSetup(request: SetupRequest): Promise<GatewayPage>
  /** Ends a page that nobody finished; the present state is the answer. */
  closePage(query: PaymentQuery): Promise<GatewayPayment | null>
  /** Charges a saved way to pay without the payer; `action-required` when its bank wants the payer. */
  chargeSaved(request: ChargeRequest): Promise<GatewayPayment>
  capture(request: { readonly attemptId: string; readonly paymentRef: string; readonly amount: Money }): Promise<GatewayPayment>
  /** Gives an authorisation back. */
  void(request: { readonly attemptId: string; readonly paymentRef: string }): Promise<GatewayPayment>
  /** Gives back all or a part of what was captured, to where it came from. */
  refund(request: RefundRequest): Promise<GatewayRefund>
  /** The present state; null when the gateway has never heard of the attempt. */
  readPayment(query: PaymentQuery): Promise<GatewayPayment | null>
  /** The refund of an id; null when the gateway has never heard of it. */
  readRefund(query: { readonly refundId: string; readonly paymentRef: string }): Promise<GatewayRefund | null>
  /** Refunds of a payment as they stand, also those made at the gateway by hand. */
  listRefunds(paymentRef: string): Promise<readonly GatewayRefund[]>
  removeMethod(method: { readonly customerRef: string; readonly methodRef: string }): Promise<void>
  /** A saved way to pay as it stands; null when it can be charged no more, whoever took it away. */
  readMethod(method: { readonly customerRef: string; readonly methodRef: string }): Promise<SavedMethod | null>
  readDispute(ref: string): Promise<GatewayDispute | null>
  submitEvidence(ref: string, evidence: DisputeEvidence): Promise<GatewayDispute>
  /** Payouts that arrived or set out on or after `since`. */
  listPayouts(since: LocalDate): Promise<readonly GatewayPayout[]>
  /** Proves where a webhook comes from, over its raw bytes, within five minutes of when it was signed. */
  verifyWebhook(webhook: RawWebhook): Promise<Result<GatewayEvent, WebhookProblem>>
  /** Whether the credentials work; the gateway's own name of the account. */
  checkCredentials(): Promise<{ readonly accountRef: string; readonly mode: 'live' | 'test' }>
}

/** The seller's account that an adapter opens. `secrets` and `settings` are the adapter's own, checked by its schema. */
export type GatewayAccount = {
  readonly id: string
  readonly gateway: GatewayName
  readonly mode: 'live' | 'test'
  readonly externalId: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
}

/** Opens gateways. `log` is told of every exchange, also of those that failed. */
export interface PaymentGateways {
  open(account: GatewayAccount, log: (exchange: GatewayExchange) => void): PaymentGateway
}
