import { err, ok } from '#app/domain/shared/result.ts'
import type { Clock } from '#app/ports/clock.ts'
import type { GatewayAccount, GatewayExchange, PaymentGateway } from '#app/ports/payment-gateway.ts'
import { isOffered, unitsOf } from '../amount-table.ts'
import { type OpenStripe, StripeSecrets, StripeSettings } from './stripe-account.ts'
import { stripeAmounts } from './stripe-amounts.ts'
import { capture, chargeSaved, listRefunds, refund, voidPayment } from './stripe-charges.ts'
import { stripeClient } from './stripe-client.ts'
import { readDispute, submitEvidence } from './stripe-disputes.ts'
import { told, toldOrMissing } from './stripe-errors.ts'
import { openCheckout, openSetup } from './stripe-pages.ts'
import { savedMethodOf } from './stripe-payment.ts'
import { listPayouts } from './stripe-payouts.ts'
import { closePage, readPayment } from './stripe-read.ts'
import { verifyWebhook } from './stripe-webhook.ts'

export type StripeSurroundings = {
  readonly clock: Clock
  readonly log: (exchange: GatewayExchange) => void
  /** Where the gateway is when it is not the public one. */
  readonly baseUrl: string | undefined
}

/** One seller's account with Stripe. @throws ZodError when its secrets or settings have not the form they need. */
export function stripeGateway(account: GatewayAccount, { clock, log, baseUrl }: StripeSurroundings): PaymentGateway {
  const secrets = StripeSecrets.parse(account.secrets)
  const exchangeLog = { clock, log, secrets: Object.values(secrets) }
  const stripe = stripeClient({ secretKey: secrets.secretKey, baseUrl, log: exchangeLog })
  const { mode, externalId } = account
  const open: OpenStripe = { stripe, secrets, settings: StripeSettings.parse(account.settings), mode, externalId }
  return {
    name: 'stripe',
    abilities: { savesMethods: true, authorises: true, disputes: true, payouts: true },
    toGatewayAmount(amount) {
      if (!isOffered(open.settings, amount)) return err('currency-not-offered')
      const units = unitsOf(stripeAmounts, amount)
      return units.ok ? ok({ value: units.value.toString(), currency: amount.currency.toLowerCase() }) : units
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
    async removeMethod({ methodRef }) {
      await told(() => stripe.paymentMethods.detach(methodRef))
    },
    async readMethod({ methodRef }) {
      const method = await toldOrMissing(() => stripe.paymentMethods.retrieve(methodRef))
      return method && savedMethodOf(method, method.customer)
    },
    readDispute: (ref) => readDispute(open, ref),
    submitEvidence: (ref, evidence) => submitEvidence(open, ref, evidence),
    listPayouts: (since) => listPayouts(open, since),
    verifyWebhook: async (webhook) => verifyWebhook(open, webhook),
    async checkCredentials() {
      const { id } = await told(() => stripe.accounts.retrieveCurrent())
      return { accountRef: id, mode: secrets.secretKey.includes('_live_') ? 'live' : 'test' }
    },
  }
}
