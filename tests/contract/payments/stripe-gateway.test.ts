import { describe, expect, test } from 'vitest'
import { stripeAmounts } from '#app/adapters/payments/stripe/stripe-amounts.ts'
import { stripeGateway } from '#app/adapters/payments/stripe/stripe-gateway.ts'
import { newId } from '#app/db/ids.server.ts'
import { currencyCodes } from '#app/domain/money/currency.ts'
import { money } from '#app/domain/money/money.ts'
import { type GatewayAccount, GatewayUnknown } from '#app/ports/payment-gateway.ts'
import { type CallFault, type StripeEmulator, startStripeEmulator } from '#tests/support/stripe-emulator/emulator.ts'
import { detach } from '#tests/support/stripe-emulator/endpoints.ts'
import { decideDispute, dispute, payOut, refundByHand, replaceCard, settleDebit } from '#tests/support/stripe-emulator/hosted-pages.ts'
import type { GatewayWorld, Manner } from './gateway-world.ts'
import { describePaymentGateway } from './payment-gateway-contract.ts'

const clock = { now: () => new Date() }
const manners = { pays: 'ok', 'asks-its-payer': 'authentication', 'has-no-money': 'insufficient_funds' } satisfies Record<Manner, string>

const accountOf = (emulator: StripeEmulator): GatewayAccount => ({
  id: newId(),
  gateway: 'stripe',
  mode: 'test',
  externalId: emulator.accountId,
  settings: {},
  secrets: { secretKey: emulator.secretKey, webhookSecret: emulator.webhookSecret, previousWebhookSecret: 'whsec_oneThatIsBeingReplaced' },
})

async function post(url: string, fields: Record<string, string>): Promise<Response> {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  if (answer.status !== 303) throw new Error(`the page answered ${answer.status}`)
  return answer
}

async function start(): Promise<GatewayWorld> {
  const emulator = await startStripeEmulator()
  return {
    account: accountOf(emulator),
    open: (account, log) => stripeGateway(account, { clock, log, baseUrl: emulator.url }),
    secrets: [emulator.secretKey, emulator.webhookSecret, '_secret_canary'],
    async pay({ url }, outcome, manner = 'pays') {
      if (outcome !== 'leave')
        await post(url, { outcome: outcome === 'approve' ? 'approve' : 'decline:generic_decline', later: manners[manner] })
    },
    async confirm(url) {
      await post(url, { outcome: 'confirm' })
    },
    books: (attemptId) => {
      const entries = emulator.world.ledger.entries.filter(({ attempt }) => attempt === attemptId)
      const decimals = (what: string) => entries.filter((entry) => entry.what === what).map(({ decimal }) => decimal)
      return { captured: decimals('captured'), refunded: decimals('refunded') }
    },
    withdraw: (methodRef) => void detach(emulator.world, methodRef),
    replace: (methodRef) => replaceCard(emulator.world, methodRef),
    dispute: (paymentRef) => dispute(emulator.world, paymentRef).id,
    decide: (ref, outcome) => decideDispute(emulator.world, ref, outcome),
    webhook: ({ at, isForeign } = {}) =>
      emulator.signed(emulator.events.at(-1) ?? { body: '' }, at, isForeign ? 'whsec_ofAnotherSellersAccount' : undefined),
    break: (fault: CallFault | null) => {
      emulator.fault = (method) => (fault && method === 'POST' ? fault : undefined)
    },
    revoke: (isRevoked) => {
      emulator.isRevoked = isRevoked
    },
    close: () => emulator.close(),
  }
}

describePaymentGateway('Stripe', start)

describe('Stripe, of its own', () => {
  const within = async (work: (emulator: StripeEmulator, gateway: ReturnType<typeof stripeGateway>) => Promise<void>) => {
    const emulator = await startStripeEmulator()
    try {
      await work(emulator, stripeGateway(accountOf(emulator), { clock, log: () => undefined, baseUrl: emulator.url }))
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

  test('a payer whose card was declined may try another, and confirm it with its bank', () =>
    within(async (emulator, gateway) => {
      const asked = request()
      const page = await gateway.openCheckout(asked)
      const query = { attemptId: asked.attemptId, ref: null, checkoutRef: page.ref }
      await post(page.url, { outcome: 'decline:expired_card' })
      expect(await gateway.readPayment(query)).toMatchObject({ state: 'waiting-for-payer', failure: null })
      const bank = await post(page.url, { outcome: '3ds' })
      expect(await gateway.readPayment(query)).toMatchObject({ state: 'waiting-for-payer' })
      await post(bank.headers.get('location') ?? '', { outcome: 'confirm' })
      expect(await gateway.readPayment(query)).toMatchObject({ state: 'captured' })
      expect(emulator.world.ledger.entries.map(({ what }) => what)).toEqual(['failed', 'captured'])
    }))

  test.each([
    ['arrives', undefined, { state: 'captured', failure: null }],
    ['comes back unpaid', 'insufficient_funds', { state: 'failed', failure: 'insufficient-funds' }],
    ['is refused by its payer', 'debit_not_authorized', { state: 'failed', failure: 'bank-debit-refused' }],
  ])('a debit takes days, and %s', (_what, refusal, outcome) =>
    within(async (emulator, gateway) => {
      const asked = request()
      const page = await gateway.openCheckout(asked)
      await post(page.url, { outcome: 'sepa' })
      const query = { attemptId: asked.attemptId, ref: null, checkoutRef: page.ref }
      const begun = await gateway.readPayment(query)
      expect(begun).toMatchObject({ state: 'processing' })
      settleDebit(emulator.world, begun?.ref ?? '', refusal)
      expect(await gateway.readPayment(query)).toMatchObject(outcome)
    }),
  )

  test('a charge whose answer was lost is looked for among the payments of its customer alone', () =>
    within(async (emulator, gateway) => {
      const [method, other] = [emulator.world.method('ok', 'cus_1'), emulator.world.method('ok', 'cus_2')]
      const { customer: _, ...asked } = request()
      for (const _other of [1, 2, 3]) await gateway.chargeSaved({ ...asked, attemptId: newId(), customerRef: 'cus_2', methodRef: other.id })
      emulator.fault = (way) => (way === 'POST' ? 'drop' : undefined)
      await expect(gateway.chargeSaved({ ...asked, customerRef: 'cus_1', methodRef: method.id })).rejects.toThrow(GatewayUnknown)
      const calls: string[] = []
      emulator.fault = (way, path) => void calls.push(`${way} ${path.replace(/pi_\d+/, ':id')}`)
      const query = { attemptId: asked.attemptId, ref: null, checkoutRef: null, chargedCustomerRef: 'cus_1' }
      expect(await gateway.readPayment(query)).toMatchObject({ state: 'captured', attemptId: asked.attemptId })
      expect(calls).toEqual(['GET /v1/payment_intents', 'GET /v1/payment_intents/:id'])
      expect(await gateway.readPayment({ ...query, chargedCustomerRef: 'cus_2' })).toBeNull()
    }))

  test('a payout is made of what was captured, given back and taken back, less what was kept', () =>
    within(async (emulator, gateway) => {
      const refs: string[] = []
      for (const _ of [1, 2]) {
        const asked = request()
        const page = await gateway.openCheckout(asked)
        await post(page.url, { outcome: 'approve' })
        refs.push((await gateway.readPayment({ attemptId: asked.attemptId, ref: null, checkoutRef: page.ref }))?.ref ?? '')
      }
      const [first = '', second = ''] = refs
      refundByHand(emulator.world, first, 500)
      const disputed = dispute(emulator.world, second).id
      const { id } = payOut(emulator.world, 'eur')
      const [payout] = await gateway.listPayouts('2020-01-01')
      // 2 × (19.99 - 0.44) - 5.00 - (19.99 + 15.00)
      expect(payout).toMatchObject({ ref: id, state: 'paid', amount: money(-89n, 'EUR') })
      const lines = payout?.lines.map(({ kind, ref, amount, fee }) => [kind, ref, amount.minor, fee.minor])
      expect(lines).toEqual([
        ['dispute', disputed, -1999n, 1500n],
        ['refund', expect.stringMatching(/^re_/), -500n, 0n],
        ['payment', second, 1999n, 44n],
        ['payment', first, 1999n, 44n],
      ])
      expect((await gateway.listRefunds(first))[0]).toMatchObject({ refundId: '', amount: money(500n, 'EUR') })
      expect(await gateway.listPayouts('2099-01-01')).toEqual([])
    }))

  test('an attempt that the gateway never heard of is none', () =>
    within(async (_emulator, gateway) => {
      expect(await gateway.readPayment({ attemptId: newId(), ref: null, checkoutRef: null })).toBeNull()
      expect(await gateway.readPayment({ attemptId: newId(), ref: null, checkoutRef: 'cs_test_99999999999999' })).toBeNull()
    }))

  test('while a signing secret is replaced both are good', () =>
    within(async (emulator, gateway) => {
      const page = await gateway.openCheckout(request())
      await post(page.url, { outcome: 'approve' })
      const webhook = emulator.signed(emulator.events[0] ?? { body: '' }, new Date(), 'whsec_oneThatIsBeingReplaced')
      expect((await gateway.verifyWebhook({ ...webhook, receivedAt: new Date() })).ok).toBe(true)
    }))

  test.each([
    ['ISK', 1500n, '150000'],
    ['JPY', 1500n, '1500'],
    ['KWD', 1500n, '1500'],
    ['KWD', 1501n, 'amount-not-representable'],
    ['MGA', 150_000n, '1500'],
    ['MGA', 150_050n, 'amount-not-representable'],
    ['HUF', 150_050n, '150050'],
    ['UGX', 1500n, 'currency-not-offered'],
    ['KPW', 1500n, 'currency-not-offered'],
  ])('%s %s is %s', (currency, minor, wanted) =>
    within(async (_emulator, gateway) => {
      const amount = gateway.toGatewayAmount(money(minor, currency))
      expect(amount.ok ? amount.value.value : amount.error).toBe(wanted)
    }),
  )

  test('its table speaks of money that can be invoiced', () => {
    expect(Object.keys(stripeAmounts).filter((currency) => !currencyCodes.includes(currency))).toEqual([])
  })
})
