import type { GatewayAccount, GatewayExchange, GatewayPage, PaymentGateway, RawWebhook } from '#app/ports/payment-gateway.ts'

/** How a saved way to pay behaves when it is charged without its payer. */
export type Manner = 'pays' | 'asks-its-payer' | 'has-no-money'

type Books = { readonly captured: readonly string[]; readonly refunded: readonly string[] }

/** One gateway with the witness that stands in for it. */
export type GatewayWorld = {
  readonly account: GatewayAccount
  open(account: GatewayAccount, log: (exchange: GatewayExchange) => void): PaymentGateway
  /** Strings that no log may hold. */
  readonly secrets: readonly string[]
  /** The payer acts on a page of the gateway. */
  pay(page: GatewayPage, outcome: 'approve' | 'decline' | 'leave', manner?: Manner): Promise<void>
  /** The payer answers its bank. */
  confirm(actionUrl: string): Promise<void>
  /** What the gateway's own books say of an attempt, as decimal amounts: captured, given back. */
  books(attemptId: string): Books | Promise<Books>
  /** A saved way to pay is taken away at the gateway, not by us. */
  withdraw(methodRef: string): void | Promise<void>
  /** The bank replaces a saved card; none where nothing can be replaced. */
  replace?(methodRef: string): void | Promise<void>
  dispute(paymentRef: string): string | Promise<string>
  decide(disputeRef: string, outcome: 'won' | 'lost'): void | Promise<void>
  /** The last event that was told, signed as of `at`, for another account when `isForeign`. */
  webhook(options?: { readonly at?: Date; readonly isForeign?: boolean }): Omit<RawWebhook, 'receivedAt'>
  /** What happens to calls that change something; none for a gateway that is not reached over a network. */
  break?(fault: 'drop' | 'error' | 'busy' | null): void
  revoke?(isRevoked: boolean): void
  close(): Promise<void>
}
