import { join } from 'node:path'
import { malformedFields, paymentGateways } from '#app/adapters/payments/gateways.ts'
import { sandboxPayDesk } from '#app/adapters/payments/sandbox/pay-desk.ts'
import { sendToStore } from '#app/adapters/payments/sandbox/send-message.ts'
import { clock } from '#app/config/clock.server.ts'
import { environment } from '#app/config/env.server.ts'
import { openSecret, sealSecret } from '#app/config/secret-box.server.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import type { GatewayAccount, PaymentGateways } from '#app/ports/payment-gateway.ts'
import type { GatewayPorts } from '#app/services/gateways/gateway-ports.server.ts'
import type { KeepingPorts } from '#app/services/gateways/keep-gateway.server.ts'

/** Reaches the payment gateways that accounts of sellers name. */
export function gatewayPorts(): GatewayPorts {
  return { gateways: gateways(), openSecrets: openGatewaySecrets, storeAddress }
}

function gateways(): PaymentGateways {
  const { STRIPE_BASE_URL: stripeUrl, PAYPAL_BASE_URL: paypalUrl } = environment()
  return paymentGateways({ clock, stripeUrl, paypalUrl, sandboxDirectory })
}

/** Every process with the same data folder sees the same sandbox. */
function sandboxDirectory(gatewayAccountId: string): string {
  return join(environment().LIVERY_DATA_DIR, 'sandbox-gateway', gatewayAccountId)
}

type SealedAccount = Omit<GatewayAccount, 'secrets'> & { readonly secretCiphertext: Uint8Array }

/** The payer's side of a sandbox account. */
export function sandboxDeskOf({ secretCiphertext, ...facts }: SealedAccount) {
  const account = { ...facts, secrets: openGatewaySecrets(secretCiphertext, facts.id) }
  return sandboxPayDesk({ account, send: sendToStore, clock, dataDirectory: sandboxDirectory(account.id) })
}

/** What keeping gateway accounts needs of the outside. */
export function gatewayKeepingPorts(): KeepingPorts {
  return { ...gatewayPorts(), seal: sealGatewaySecrets, malformedFields }
}

/** Seals the secrets of a gateway account for its row. */
export function sealGatewaySecrets(secrets: Readonly<Record<string, string>>, gatewayAccountId: string) {
  return sealSecret(JSON.stringify(secrets), gatewaySecretRow(gatewayAccountId))
}

function openGatewaySecrets(ciphertext: Uint8Array, gatewayAccountId: string): Readonly<Record<string, string>> {
  return JSON.parse(openSecret(ciphertext, gatewaySecretRow(gatewayAccountId)))
}

function gatewaySecretRow(gatewayAccountId: string): string {
  return `gateway_accounts/${gatewayAccountId}`
}
