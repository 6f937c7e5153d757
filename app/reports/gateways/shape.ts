/** An account of the seller with a payment gateway, without its secrets: those are written and never shown. */
export type GatewayAccountView = {
  readonly id: string
  readonly gateway: 'stripe' | 'paypal' | 'sandbox'
  readonly name: string
  readonly mode: 'live' | 'test'
  readonly state: 'active' | 'off'
  /** The gateway's own name of the account. */
  readonly externalId: string
  readonly webhookId: string
  readonly currencies: readonly string[]
  readonly methods: readonly string[]
}
