import { describe, expect, test } from 'vitest'
import { paypalGateway } from '#app/adapters/payments/paypal/paypal-gateway.ts'
import { newId } from '#app/db/ids.server.ts'
import { money } from '#app/domain/money/money.ts'
import type { GatewayAccount } from '#app/ports/payment-gateway.ts'
import { GatewayUnknown } from '#app/ports/payment-gateway.ts'
import { type PaypalEmulator, type PaypalFault, startPaypalEmulator } from '#tests/support/paypal-emulator/emulator.ts'
import type { GatewayWorld, Manner } from './gateway-world.ts'
import { describePaymentGateway } from './payment-gateway-contract.ts'

const clock = { now: () => new Date() }
const manners = { pays: 'ok', 'asks-its-payer': 'ask', 'has-no-money': 'INSUFFICIENT_FUNDS' } satisfies Record<Manner, string>

const accountOf = (emulator: PaypalEmulator): GatewayAccount => ({
  id: newId(),
  gateway: 'paypal',
  mode: 'test',
  externalId: emulator.merchantId,
  settings: { webhookId: emulator.webhookId },
  secrets: { clientId: emulator.clientId, clientSecret: emulator.clientSecret },
})

async function post(url: string, fields: Record<string, string>): Promise<void> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  if (answer.status !== 303) throw new Error(`the page answered ${answer.status}`)
}

async function start(): Promise<GatewayWorld> {
  const emulator = await startPaypalEmulator()
  return {
    account: accountOf(emulator),
    open: (account, log) => paypalGateway(account, { clock, log, baseUrl: emulator.url }),
    secrets: [emulator.clientId, emulator.clientSecret],
    async pay({ url }, outcome, manner = 'pays') {
      if (outcome !== 'leave')
        await post(url, { outcome: outcome === 'approve' ? 'approve' : 'decline:INSTRUMENT_DECLINED', later: manners[manner] })
    },
    confirm: (url) => post(url, { outcome: 'approve' }),
    books: (attemptId) => {
      const entries = emulator.merchant.books.entries.filter(({ attempt }) => attempt === attemptId)
      const decimals = (what: string) => entries.filter((entry) => entry.what === what).map(({ decimal }) => decimal)
      return { captured: decimals('captured'), refunded: decimals('refunded') }
    },
    withdraw: (methodRef) => emulator.merchant.forget(methodRef),
    dispute: (paymentRef) => emulator.merchant.dispute(paymentRef, new Date(Date.now() + 86_400_000)).dispute_id,
    decide: (ref, outcome) => emulator.merchant.decide(ref, outcome),
    webhook: ({ at, isForeign } = {}) =>
      emulator.signed(emulator.events.at(-1) ?? { body: '' }, at, isForeign ? 'WH-OF-ANOTHER-SELLER' : undefined),
    break: (fault: PaypalFault | null) => {
      emulator.fault = (method, path) => (fault && method === 'POST' && !path.includes('oauth2') ? fault : undefined)
    },
    revoke: (isRevoked) => {
      emulator.isRevoked = isRevoked
    },
    close: () => emulator.close(),
  }
}

describePaymentGateway('PayPal', start)

describe('PayPal, of its own', () => {
  const within = async (work: (emulator: PaypalEmulator, gateway: ReturnType<typeof paypalGateway>) => Promise<void>) => {
    const emulator = await startPaypalEmulator()
    try {
      await work(emulator, paypalGateway(accountOf(emulator), { clock, log: () => undefined, baseUrl: emulator.url }))
    } finally {
      await emulator.close()
    }
  }
  const request = () => ({
    attemptId: newId(),
    amount: money(1999n, 'EUR'),
    description: 'Nordwind',
    saves: false,
    captures: 'now' as const,
    language: 'ar',
    customer: { accountId: newId(), ref: null, name: 'Ahorn', email: 'a@ahorn.example' },
    returnTo: { done: 'https://nordwind.example/back', cancelled: 'https://nordwind.example/no' },
  })

  test('an approval whose money does not come ends the attempt, and is never completed later', () =>
    within(async (emulator, gateway) => {
      const asked = request()
      const page = await gateway.openCheckout(asked)
      await post(page.url, { outcome: 'decline:INSTRUMENT_DECLINED' })
      const query = { attemptId: asked.attemptId, ref: null, checkoutRef: page.ref }
      expect(await gateway.readPayment(query)).toMatchObject({ state: 'failed', failure: 'declined', attemptId: asked.attemptId })
      expect(await gateway.readPayment(query)).toMatchObject({ state: 'failed', failure: 'declined' })
      expect(emulator.merchant.books.entries).toEqual([])
    }))

  test('while the report lags nobody says that there was no payment', () =>
    within(async (emulator, gateway) => {
      emulator.isReported = false
      const query = { attemptId: newId(), ref: null, checkoutRef: null }
      await expect(gateway.readPayment(query)).rejects.toThrow(GatewayUnknown)
      const later = { now: () => new Date(Date.now() + 5 * 3_600_000) }
      const patient = paypalGateway(accountOf(emulator), { clock: later, log: () => undefined, baseUrl: emulator.url })
      expect(await patient.readPayment(query)).toBeNull()
    }))

  test('a certificate from elsewhere proves nothing', () =>
    within(async (emulator, gateway) => {
      const page = await gateway.openCheckout(request())
      await post(page.url, { outcome: 'approve' })
      const webhook = emulator.signed(emulator.events[0] ?? { body: '' })
      const headers = { ...webhook.headers, 'paypal-cert-url': 'https://paypal.com.example/cert.pem' }
      const verdict = await gateway.verifyWebhook({ ...webhook, headers, receivedAt: new Date() })
      expect(verdict).toEqual({ ok: false, error: 'bad-signature' })
    }))

  test.each([
    ['JPY', 1500n, '1500'],
    ['HUF', 150_000n, '1500'],
    ['HUF', 150_050n, 'amount-not-representable'],
    ['EUR', 7n, '0.07'],
    ['KWD', 1500n, 'currency-not-offered'],
    ['INR', 1500n, 'currency-not-offered'],
  ])('%s %s is %s', (currency, minor, wanted) =>
    within(async (_emulator, gateway) => {
      const amount = gateway.toGatewayAmount(money(minor, currency))
      expect(amount.ok ? amount.value.value : amount.error).toBe(wanted)
    }),
  )
})
