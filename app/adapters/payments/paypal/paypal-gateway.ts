import { err, ok } from '#app/domain/shared/result.ts'
import type { Clock } from '#app/ports/clock.ts'
import type { GatewayAccount, GatewayExchange, PaymentGateway } from '#app/ports/payment-gateway.ts'
import { isOffered } from '../amount-table.ts'
import { type OpenPaypal, PaypalSecrets, PaypalSettings } from './paypal-account.ts'
import { decimalText } from './paypal-amounts.ts'
import { capture, listRefunds, refund, voidPayment } from './paypal-charges.ts'
import { paypalClient } from './paypal-client.ts'
import { readDispute, submitEvidence } from './paypal-disputes.ts'
import { chargeSaved, openCheckout } from './paypal-pages.ts'
import { closePage, readPayment } from './paypal-read.ts'
import { openSetup, readMethod, removeMethod } from './paypal-vault.ts'
import { verifyWebhook } from './paypal-webhook.ts'

export type PaypalSurroundings = {
  readonly clock: Clock
  readonly log: (exchange: GatewayExchange) => void
  /** Where the gateway is when it is not the public one. */
  readonly baseUrl: string | undefined
}

const places = { live: 'https://api-m.paypal.com', test: 'https://api-m.sandbox.paypal.com' } as const
const certificateHosts = ['api.paypal.com', 'api.sandbox.paypal.com', 'api-m.paypal.com', 'api-m.sandbox.paypal.com']

/** One seller's account with PayPal. @throws ZodError when its secrets or settings have not the form they need. */
export function paypalGateway(account: GatewayAccount, { clock, log, baseUrl }: PaypalSurroundings): PaymentGateway {
  const secrets = PaypalSecrets.parse(account.secrets)
  const exchangeLog = { clock, log, secrets: Object.values(secrets) }
  const client = paypalClient({ ...secrets, baseUrl: baseUrl ?? places[account.mode], log: exchangeLog })
  const { mode, externalId } = account
  const open: OpenPaypal = {
    client,
    clock,
    mode,
    externalId,
    settings: PaypalSettings.parse(account.settings),
    certificateHosts: baseUrl ? [new URL(baseUrl).host] : certificateHosts,
  }
  return {
    name: 'paypal',
    // What is paid out is not told: the money stays in an account that the seller empties by hand.
    abilities: { savesMethods: true, authorises: true, disputes: true, payouts: false },
    toGatewayAmount(amount) {
      if (!isOffered(open.settings, amount)) return err('currency-not-offered')
      const text = decimalText(amount)
      return text.ok ? ok({ value: text.value, currency: amount.currency }) : text
    },
    openCheckout: (request) => openCheckout(open, request),
    openSetup: (request) => openSetup(open, request),
    closePage: (query) => closePage(open, query),
    chargeSaved: (request) => chargeSaved(open, request),
    capture: (request) => capture(open, request),
    void: (request) => voidPayment(open, request),
    refund: (request) => refund(open, request),
    readPayment: (query) => readPayment(open, query),
    async readRefund({ refundId, paymentRef }) {
      return (await listRefunds(open, paymentRef)).find((found) => found.refundId === refundId) ?? null
    },
    listRefunds: (paymentRef) => listRefunds(open, paymentRef),
    removeMethod: ({ methodRef }) => removeMethod(open, methodRef),
    readMethod: ({ methodRef }) => readMethod(open, methodRef),
    readDispute: (ref) => readDispute(open, ref),
    submitEvidence: (ref, evidence) => submitEvidence(open, ref, evidence),
    listPayouts: () => Promise.resolve([]),
    verifyWebhook: (webhook) => verifyWebhook(open, webhook),
    async checkCredentials() {
      await client.signIn()
      const { payer_id: accountRef } = await client.ask<{ payer_id: string }>({
        path: '/v1/identity/oauth2/userinfo?schema=paypalv1.1',
        verb: 'GET',
        headers: { 'Content-Type': 'application/json' },
      })
      return { accountRef, mode }
    },
  }
}
