import type { Clock } from '#app/ports/clock.ts'
import type { GatewayAccount, PaymentGateways } from '#app/ports/payment-gateway.ts'
import { PaypalSecrets, PaypalSettings } from './paypal/paypal-account.ts'
import { paypalGateway } from './paypal/paypal-gateway.ts'
import { sandboxGateway } from './sandbox/sandbox-gateway.ts'
import { StripeSecrets, StripeSettings } from './stripe/stripe-account.ts'
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

const forms = {
  stripe: [StripeSecrets, StripeSettings],
  paypal: [PaypalSecrets, PaypalSettings],
  sandbox: [],
} as const

/** Names of the secrets and settings that have not the form their gateway gives them. */
export function malformedFields({ gateway, secrets, settings }: Pick<GatewayAccount, 'gateway' | 'secrets' | 'settings'>): string[] {
  return forms[gateway].flatMap(
    (form, at) => form.safeParse(at === 0 ? secrets : settings).error?.issues.map(({ path }) => String(path[0])) ?? [],
  )
}
