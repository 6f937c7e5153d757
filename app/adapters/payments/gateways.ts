import type { Clock } from '#app/ports/clock.ts'
import type { PaymentGateways } from '#app/ports/payment-gateway.ts'
import { paypalGateway } from './paypal/paypal-gateway.ts'
import { sandboxGateway } from './sandbox/sandbox-gateway.ts'
import { stripeGateway } from './stripe/stripe-gateway.ts'

export type GatewayPlaces = {
  readonly clock: Clock
  /** Where the gateways are when they are not the public ones. */
  readonly stripeUrl: string | undefined
  readonly paypalUrl: string | undefined
  /** The folder of a sandbox account. */
  readonly sandboxDirectory: (gatewayAccountId: string) => string
}

/** Every gateway that an adapter ships for. */
export function paymentGateways({ clock, stripeUrl, paypalUrl, sandboxDirectory }: GatewayPlaces): PaymentGateways {
  return {
    open(account, log) {
      switch (account.gateway) {
        case 'stripe':
          return stripeGateway(account, { clock, log, baseUrl: stripeUrl })
        case 'paypal':
          return paypalGateway(account, { clock, log, baseUrl: paypalUrl })
        case 'sandbox':
          return sandboxGateway(account, { clock, log, dataDirectory: sandboxDirectory(account.id) })
      }
    },
  }
}
