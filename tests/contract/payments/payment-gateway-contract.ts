import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#app/db/ids.server.ts'
import { currencyCodes, exponentOf } from '#app/domain/money/currency.ts'
import { type Money, money } from '#app/domain/money/money.ts'
import {
  type ChargeRequest,
  type CheckoutRequest,
  type DisputeEvidence,
  type GatewayExchange,
  GatewayRefused,
  GatewayUnknown,
  type PaymentGateway,
  type RawWebhook,
  type SavedMethod,
} from '#app/ports/payment-gateway.ts'
import type { GatewayWorld, Manner } from './gateway-world.ts'

const returnTo = { done: 'https://nordwind.example/back', cancelled: 'https://nordwind.example/cancelled' }
const payer = { accountId: newId(), ref: null, name: 'Ahorn Hosting GmbH', email: 'billing@ahorn.example' }
const eur = (minor: bigint) => money(minor, 'EUR')
const evidence: DisputeEvidence = { text: 'It was used.', files: [{ name: 'log.txt', type: 'text/plain', bytes: Buffer.from('used') }] }

const failure = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (cause: unknown) => {
      if (cause instanceof GatewayRefused) return cause.code
      return cause instanceof GatewayUnknown ? 'unknown' : `${cause}`
    },
  )

/** What every payment gateway does, whoever it is; `start` opens one with its witness. */
export function describePaymentGateway(name: string, start: () => Promise<GatewayWorld>): void {
  describe(name, () => {
    let world: GatewayWorld
    let gateway: PaymentGateway
    let exchanges: GatewayExchange[]

    beforeAll(async () => {
      world = await start()
    })
    beforeEach(() => {
      exchanges = []
      gateway = world.open(world.account, (exchange) => exchanges.push(exchange))
      world.break?.(null)
    })
    afterAll(() => world.close())

    const checkout = (attemptId: string, more: Partial<CheckoutRequest> = {}): CheckoutRequest => ({
      attemptId,
      amount: eur(1999n),
      customer: payer,
      description: 'Nordwind 2026-001',
      returnTo,
      saves: false,
      captures: 'now',
      language: 'de',
      ...more,
    })
    /** A payment that was made on the page; `captures: 'later'` leaves it held. */
    async function paid(more: Partial<CheckoutRequest> = {}) {
      const attemptId = newId()
      const page = await gateway.openCheckout(checkout(attemptId, more))
      await world.pay(page, 'approve')
      const payment = await gateway.readPayment({ attemptId, ref: null, checkoutRef: page.ref })
      if (!payment?.ref) throw new Error('the payment is not there')
      return { attemptId, page, payment, paymentRef: payment.ref }
    }
    async function saved(manner: Manner): Promise<SavedMethod> {
      const attemptId = newId()
      const page = await gateway.openSetup({ attemptId, customer: payer, returnTo, language: 'fr', currency: 'EUR' })
      await world.pay(page, 'approve', manner)
      const setup = await gateway.readPayment({ attemptId, ref: null, checkoutRef: page.ref })
      if (!setup?.savedMethod) throw new Error('nothing was saved')
      return setup.savedMethod
    }
    const charge = ({ customerRef, ref }: SavedMethod, more: Partial<ChargeRequest> = {}): ChargeRequest => ({
      attemptId: newId(),
      amount: eur(4900n),
      customerRef,
      methodRef: ref,
      description: 'Nordwind 2026-002',
      captures: 'now',
      returnTo,
      ...more,
    })
    const verify = (webhook: Omit<RawWebhook, 'receivedAt'>, receivedAt = new Date()) => gateway.verifyWebhook({ ...webhook, receivedAt })

    test('a payer pays on the page, and the gateway counts what we count', async () => {
      const attemptId = newId()
      const page = await gateway.openCheckout(checkout(attemptId))
      const query = { attemptId, ref: null, checkoutRef: page.ref }
      expect(await gateway.readPayment(query)).toMatchObject({
        state: 'waiting-for-payer',
        attemptId,
        amount: eur(1999n),
        captured: eur(0n),
      })
      await world.pay(page, 'approve')
      const payment = await gateway.readPayment(query)
      expect(payment).toMatchObject({
        state: 'captured',
        attemptId,
        captured: eur(1999n),
        refunded: eur(0n),
        failure: null,
        savedMethod: null,
      })
      expect(await gateway.readPayment({ attemptId, ref: payment?.ref ?? '', checkoutRef: null })).toEqual(payment)
      expect(await world.books(attemptId)).toEqual({ captured: ['19.99'], refunded: [] })
    })

    test('the same page is found again by the same attempt, and refused for another amount', async () => {
      const attemptId = newId()
      const first = await gateway.openCheckout(checkout(attemptId))
      expect(await gateway.openCheckout(checkout(attemptId))).toEqual(first)
      expect(await failure(gateway.openCheckout(checkout(attemptId, { amount: eur(2000n) })))).toBe('bad-request')
    })

    test('a page that nobody finished is ended, and takes no money afterwards', async () => {
      const attemptId = newId()
      const page = await gateway.openCheckout(checkout(attemptId))
      const query = { attemptId, ref: null, checkoutRef: page.ref }
      expect(await gateway.closePage(query)).toMatchObject({ state: 'cancelled', attemptId })
      await world.pay(page, 'approve').catch(() => undefined)
      expect(await gateway.readPayment(query)).toMatchObject({ state: 'cancelled', captured: eur(0n) })
      expect((await world.books(attemptId)).captured).toEqual([])
    })

    test('a page that was finished meanwhile stays paid', async () => {
      const { attemptId, page } = await paid()
      expect(await gateway.closePage({ attemptId, ref: null, checkoutRef: page.ref })).toMatchObject({ state: 'captured' })
    })

    test('a card is kept while it pays, with its consent', async () => {
      const { payment } = await paid({ saves: true })
      expect(payment.savedMethod).toMatchObject({ ref: expect.stringMatching(/./), customerRef: expect.stringMatching(/./) })
      const method = payment.savedMethod as SavedMethod
      const request = charge(method)
      expect(await gateway.chargeSaved(request)).toMatchObject({ state: 'captured', captured: eur(4900n), attemptId: request.attemptId })
      expect((await world.books(request.attemptId)).captured).toEqual(['49.00'])
    })

    test('a saved way to pay is charged once, however often it is asked', async () => {
      const request = charge(await saved('pays'))
      const [first, second] = [await gateway.chargeSaved(request), await gateway.chargeSaved(request)]
      expect(second).toEqual(first)
      expect(await failure(gateway.chargeSaved({ ...request, amount: eur(4901n) }))).toBe('bad-request')
      expect((await world.books(request.attemptId)).captured).toEqual(['49.00'])
    })

    test('a bank that wants its customer sends the payer to a page', async () => {
      const request = charge(await saved('asks-its-payer'))
      const asked = await gateway.chargeSaved(request)
      expect(asked).toMatchObject({ state: 'action-required', captured: eur(0n), actionUrl: expect.stringMatching(/^http/) })
      expect((await gateway.chargeSaved(request)).actionUrl).toBe(asked.actionUrl)
      await world.confirm(asked.actionUrl ?? '')
      const { attemptId } = request
      expect(await gateway.readPayment({ attemptId, ref: asked.ref, checkoutRef: asked.checkoutRef })).toMatchObject({ state: 'captured' })
      expect((await world.books(attemptId)).captured).toEqual(['49.00'])
    })

    test('a decline is an outcome with a reason', async () => {
      const request = charge(await saved('has-no-money'))
      expect(await gateway.chargeSaved(request)).toMatchObject({ state: 'failed', failure: 'insufficient-funds', captured: eur(0n) })
      expect((await world.books(request.attemptId)).captured).toEqual([])
    })

    test('a removed way to pay is charged no more', async () => {
      const method = await saved('pays')
      await gateway.removeMethod({ customerRef: method.customerRef, methodRef: method.ref })
      expect(await failure(gateway.chargeSaved(charge(method)))).toMatch(/bad-request|not-found|not-supported/)
    })

    test('a saved way to pay that is taken away at the gateway is told of, and is there no more', async () => {
      const method = await saved('pays')
      const asked = { customerRef: method.customerRef, methodRef: method.ref }
      expect(await gateway.readMethod(asked)).toEqual(method)
      await world.withdraw(method.ref)
      expect(await verify(world.webhook())).toMatchObject({ ok: true, value: { about: { kind: 'method', ref: method.ref } } })
      expect(await gateway.readMethod(asked)).toBeNull()
      expect(await gateway.readMethod({ ...asked, methodRef: `${method.ref}0` })).toBeNull()
    })

    test('a card that its bank replaced keeps its name, is told of, and has other digits and days', async ({ skip }) => {
      skip(!world.replace)
      const method = await saved('pays')
      await world.replace?.(method.ref)
      expect(await verify(world.webhook())).toMatchObject({ ok: true, value: { about: { kind: 'method', ref: method.ref } } })
      const now = await gateway.readMethod({ customerRef: method.customerRef, methodRef: method.ref })
      expect(now).toMatchObject({ ref: method.ref, customerRef: method.customerRef, kind: 'card', lastDigits: '5556' })
      expect(await gateway.chargeSaved(charge(method))).toMatchObject({ state: 'captured' })
    })

    test('what is held can be taken in part, once', async () => {
      const { attemptId, payment, paymentRef } = await paid({ captures: 'later' })
      expect(payment).toMatchObject({ state: 'authorised', captured: eur(0n) })
      const request = { attemptId, paymentRef, amount: eur(1500n) }
      expect(await gateway.capture(request)).toMatchObject({ state: 'captured', captured: eur(1500n), amount: eur(1999n) })
      expect(await gateway.capture(request)).toMatchObject({ captured: eur(1500n) })
      expect((await world.books(attemptId)).captured).toEqual(['15.00'])
    })

    test('what is held can be given back instead', async () => {
      const { attemptId, paymentRef } = await paid({ captures: 'later' })
      expect(await gateway.void({ attemptId, paymentRef })).toMatchObject({ state: 'cancelled', captured: eur(0n) })
      expect(await failure(gateway.capture({ attemptId, paymentRef, amount: eur(1999n) }))).toBe('already-done')
    })

    test('money goes back in parts, each once, and never more than came', async () => {
      const { attemptId, page, paymentRef } = await paid()
      const part = { refundId: newId(), paymentRef, amount: eur(500n) }
      const first = await gateway.refund(part)
      expect(first).toMatchObject({ refundId: part.refundId, state: 'done', amount: eur(500n) })
      expect(await gateway.refund(part)).toEqual(first)
      expect(await failure(gateway.refund({ ...part, amount: eur(501n) }))).toBe('bad-request')
      expect(await failure(gateway.refund({ refundId: newId(), paymentRef, amount: eur(1500n) }))).toBe('bad-request')
      const rest = { refundId: newId(), paymentRef, amount: eur(1499n) }
      await gateway.refund(rest)
      expect(await failure(gateway.refund({ refundId: newId(), paymentRef, amount: eur(1n) }))).toMatch(/already-done|bad-request/)
      expect(await gateway.readRefund(rest)).toMatchObject({ refundId: rest.refundId, amount: eur(1499n) })
      expect(await gateway.readRefund({ refundId: newId(), paymentRef })).toBeNull()
      expect((await gateway.listRefunds(paymentRef)).map(({ amount }) => amount.minor).sort()).toEqual([1499n, 500n])
      const payment = await gateway.readPayment({ attemptId, ref: null, checkoutRef: page.ref })
      expect(payment).toMatchObject({ state: 'captured', captured: eur(1999n), refunded: eur(1999n) })
      expect((await world.books(attemptId)).refunded).toEqual(['5.00', '14.99'])
    })

    test('a dispute is told, answered and decided', async () => {
      const { paymentRef } = await paid()
      const ref = await world.dispute(paymentRef)
      expect(await verify(world.webhook())).toMatchObject({ ok: true, value: { about: { kind: 'dispute', ref, paymentRef } } })
      expect(await gateway.readDispute(ref)).toMatchObject({ ref, paymentRef, amount: eur(1999n), state: 'needs-response' })
      expect(await gateway.submitEvidence(ref, evidence)).toMatchObject({ state: 'under-review' })
      await world.decide(ref, 'lost')
      expect(await gateway.readDispute(ref)).toMatchObject({ state: 'lost' })
      expect(await gateway.readDispute('dp_99999999999999')).toBeNull()
    })

    test('a webhook names its payment, its account and its attempt', async () => {
      const { attemptId } = await paid()
      const told = await verify(world.webhook())
      expect(told).toMatchObject({ ok: true, value: { accountRef: world.account.externalId, about: { kind: 'payment', attemptId } } })
    })

    test('a forged, old or foreign webhook is refused', async () => {
      await paid()
      const genuine = world.webhook()
      expect(await verify({ ...genuine, body: `${genuine.body.slice(0, -1)} }` })).toEqual({ ok: false, error: 'bad-signature' })
      expect(await verify({ ...genuine, headers: {} })).toEqual({ ok: false, error: 'bad-signature' })
      expect(await verify(world.webhook({ isForeign: true }))).toEqual({ ok: false, error: 'bad-signature' })
      const sixMinutes = 360_000
      const old = world.webhook({ at: new Date(Date.now() - sixMinutes) })
      expect(await verify(old)).toEqual({ ok: false, error: 'expired' })
      const stranger = world.open({ ...world.account, externalId: 'SOMEBODYELSE' }, () => undefined)
      const foreign = await stranger.verifyWebhook({ ...world.webhook(), receivedAt: new Date() })
      if (foreign.ok) expect(foreign.value.accountRef).toBe('SOMEBODYELSE')
      else expect(foreign.error).toBe('other-account')
    })

    test('an answer lost on its way is found by the attempt', async ({ skip }) => {
      skip(!world.break)
      const method = await saved('pays')
      const request = charge(method)
      world.break?.('drop')
      expect(await failure(gateway.chargeSaved(request))).toBe('unknown')
      world.break?.(null)
      const { attemptId } = request
      expect(await gateway.readPayment({ attemptId, ref: null, checkoutRef: null })).toMatchObject({ state: 'captured', attemptId })
      expect(await gateway.chargeSaved(request)).toMatchObject({ state: 'captured' })
      expect((await world.books(attemptId)).captured).toEqual(['49.00'])
    })

    test.for(['error', 'busy'] as const)('%s is no answer', async (fault, { skip }) => {
      skip(!world.break)
      const request = charge(await saved('pays'))
      world.break?.(fault)
      expect(await failure(gateway.chargeSaved(request))).toBe('unknown')
      world.break?.(null)
      expect(await gateway.chargeSaved(request)).toMatchObject({ state: 'captured' })
      expect((await world.books(request.attemptId)).captured).toEqual(['49.00'])
    })

    test('credentials are checked without charging anybody; revoked ones are refused', async () => {
      expect(await gateway.checkCredentials()).toEqual({ accountRef: world.account.externalId, mode: 'test' })
      if (!world.revoke) return
      world.revoke?.(true)
      expect(await failure(gateway.checkCredentials())).toBe('bad-credentials')
      expect(await failure(gateway.openCheckout(checkout(newId())))).toBe('bad-credentials')
      world.revoke?.(false)
    })

    test('every exchange is told, and no secret with it', async () => {
      const { paymentRef } = await paid({ saves: true })
      await gateway.refund({ refundId: newId(), paymentRef, amount: eur(100n) })
      expect(exchanges.length).toBeGreaterThan(2)
      expect(exchanges.every(({ status, operation }) => status !== null && operation !== '')).toBe(true)
      const told = JSON.stringify(exchanges)
      for (const secret of [...world.secrets, payer.email]) expect(told).not.toContain(secret)
    })

    test('every currency is charged exactly as the payer sees it, or refused', async () => {
      for (const currency of currencyCodes) {
        const round = money(1_000_000n, currency)
        const odd = money(1_234_567n, currency)
        for (const amount of [round, odd]) await chargeExactly(amount)
      }
    })

    async function chargeExactly(amount: Money): Promise<void> {
      const attemptId = newId()
      if (!gateway.toGatewayAmount(amount).ok) return
      const page = await gateway.openCheckout(checkout(attemptId, { amount }))
      await world.pay(page, 'approve')
      expect(await gateway.readPayment({ attemptId, ref: null, checkoutRef: page.ref })).toMatchObject({ captured: amount })
      const [decimal = ''] = (await world.books(attemptId)).captured
      expect(Number(decimal) * 10 ** exponentOf(amount.currency), amount.currency).toBeCloseTo(Number(amount.minor), 3)
    }
  })
}
