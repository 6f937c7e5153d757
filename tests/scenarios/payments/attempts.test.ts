import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { declineCodes } from '#app/domain/payment-attempt/gateway-facts.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { GatewayRefused, GatewayUnknown, type PaymentGateway } from '#app/ports/payment-gateway.ts'
import { chargeSavedMethod } from '#app/services/gateways/charge-saved-method.server.ts'
import { listDueAttempts, reconcileAttempt, settleAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { startCheckout } from '#app/services/gateways/start-checkout.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { booksOf, eur, stateOf } from '#tests/support/payments.ts'
import { type Sandbox, sandboxOf } from '#tests/support/sandbox-seller.ts'

/** What the books have beside money and debt, once 40.34 are invoiced. */
const income = { 'revenue.usage': -3390n, 'tax-payable.S.19': -644n }
const actor = systemActor('test')

let seller: Awaited<ReturnType<typeof sellerWithInvoice>>
beforeEach(async () => {
  seller = await sellerWithInvoice()
  setClock(fixedClock('2026-07-10T08:00:00Z'))
})
afterEach(() => setClock())

const wish = (minor = 4034n, saves = false) => ({
  accountId: seller.accountId,
  purpose: 'invoices' as const,
  targets: [{ kind: 'invoice' as const, id: seller.invoice.id, amount: eur(minor) }],
  amount: eur(minor),
  saves,
  returnPath: '/panel/pay/:attemptId',
  actor,
})

async function checkout(sandbox: Sandbox, minor?: bigint, saves?: boolean): Promise<string> {
  const started = await startCheckout(sandbox.process, wish(minor, saves))
  if (!started.ok) throw new Error(started.error)
  return started.value.attemptId
}

async function stateAt(attemptId: string): Promise<{ state: string; failureCode: string | null }> {
  const where = { id: attemptId }
  return asOffice(seller.tenantId, ({ db }) => db.paymentAttempt.findFirstOrThrow({ where, select: { state: true, failureCode: true } }))
}

const settledBooks = { ...income, 'clearing.sandbox': 4034n }
const paymentCount = () => asOffice(seller.tenantId, ({ db }) => db.payment.count())

/** A gateway that fails at one deed: before it happened, or after, with its answer lost. */
function failing(name: keyof PaymentGateway, when: 'before' | 'after', failure: Error, times = 1) {
  let left = times
  return (gateway: PaymentGateway): PaymentGateway => ({
    ...gateway,
    [name]: async (...input: unknown[]) => {
      const fails = left > 0
      if (fails) left -= 1
      if (fails && when === 'before') throw failure
      const answer = await (gateway[name] as (...given: unknown[]) => Promise<unknown>)(...input)
      if (fails) throw failure
      return answer
    },
  })
}

describe('an invoice paid at a gateway', () => {
  test('is paid once it is captured: the gateway holds the money, and everything said to it is kept', async () => {
    const sandbox = await sandboxOf(seller.tenantId)
    const attemptId = await checkout(sandbox)
    await sandbox.pay(attemptId)
    expect(await settleAttempt(sandbox.process, attemptId)).toMatchObject({ ok: true, value: { state: 'captured' } })
    expect(await booksOf(seller.tenantId)).toEqual(settledBooks)
    expect(await stateOf(seller.tenantId, seller.invoice.id)).toEqual({ status: 'paid', paid: 4034n })
    const said = await asOffice(seller.tenantId, ({ db }) => db.gatewayExchange.findMany({ where: { attemptId }, orderBy: { id: 'asc' } }))
    expect(said.map(({ operation }) => operation)).toEqual(['checkouts', 'payments'])
  })

  test('by 50 parallel clicks opens one page and is captured once', async () => {
    const sandbox = await sandboxOf(seller.tenantId)
    const started = await Promise.all(Array.from({ length: 50 }, () => startCheckout(sandbox.process, wish())))
    const pages = new Set(started.map((one) => (one.ok ? one.value.url : one.error)))
    expect(pages.size).toBe(1)
    const [first] = started
    const attemptId = first?.ok ? first.value.attemptId : ''
    await Promise.all(Array.from({ length: 10 }, () => sandbox.pay(attemptId)))
    await Promise.all(Array.from({ length: 10 }, () => settleAttempt(sandbox.process, attemptId)))
    expect(await booksOf(seller.tenantId)).toEqual(settledBooks)
    expect(await paymentCount()).toBe(1)
  })

  test('cannot be paid again after a refresh: nothing is open', async () => {
    const sandbox = await sandboxOf(seller.tenantId)
    const attemptId = await checkout(sandbox)
    await sandbox.pay(attemptId)
    await settleAttempt(sandbox.process, attemptId)
    expect(await startCheckout(sandbox.process, wish())).toEqual({ ok: false, error: 'nothing-open' })
  })

  test('in two tabs by different amounts ends the first page before the second opens', async () => {
    const sandbox = await sandboxOf(seller.tenantId)
    const first = await checkout(sandbox, 1000n)
    const second = await checkout(sandbox)
    await sandbox.pay(first)
    await sandbox.pay(second)
    expect(await stateAt(first)).toMatchObject({ state: 'cancelled' })
    expect(await settleAttempt(sandbox.process, second)).toMatchObject({ ok: true, value: { state: 'captured' } })
    expect(await booksOf(seller.tenantId)).toEqual(settledBooks)
  })

  test('in a part stays open for the rest', async () => {
    const sandbox = await sandboxOf(seller.tenantId)
    const attemptId = await checkout(sandbox, 1000n)
    await sandbox.pay(attemptId)
    await settleAttempt(sandbox.process, attemptId)
    expect(await stateOf(seller.tenantId, seller.invoice.id)).toEqual({ status: 'partly-paid', paid: 1000n })
  })

  test('keeps what was paid too much, when it was settled otherwise meanwhile, as unapplied cash', async () => {
    const sandbox = await sandboxOf(seller.tenantId)
    const first = await checkout(sandbox)
    await sandbox.pay(first, 'cancel')
    await settleAttempt(sandbox.process, first)
    const second = await checkout(sandbox)
    await sandbox.pay(second)
    await settleAttempt(sandbox.process, second)
    expect(await booksOf(seller.tenantId)).toEqual(settledBooks)
    expect(await stateAt(first)).toMatchObject({ state: 'cancelled' })
  })

  test('declined in any of the known ways fails with that reason, and can be tried again', async () => {
    const sandbox = await sandboxOf(seller.tenantId)
    for (const code of declineCodes) {
      const attemptId = await checkout(sandbox)
      await sandbox.pay(attemptId, { card: 'decline', code })
      await settleAttempt(sandbox.process, attemptId)
      expect(await stateAt(attemptId)).toEqual({ state: 'failed', failureCode: code })
    }
    expect(await booksOf(seller.tenantId)).toEqual({ ...income, receivable: 4034n })
  })

  test('with 3-D Secure waits for the payer, who confirms or refuses', async () => {
    const sandbox = await sandboxOf(seller.tenantId)
    const refused = await checkout(sandbox)
    await sandbox.pay(refused, { card: 'secure' })
    expect(await settleAttempt(sandbox.process, refused)).toMatchObject({ value: { state: 'action-required' } })
    await sandbox.pay(refused, 'refuse')
    await settleAttempt(sandbox.process, refused)
    expect(await stateAt(refused)).toEqual({ state: 'failed', failureCode: 'authentication-failed' })

    const confirmed = await checkout(sandbox)
    await sandbox.pay(confirmed, { card: 'secure' })
    await sandbox.pay(confirmed, 'confirm')
    expect(await settleAttempt(sandbox.process, confirmed)).toMatchObject({ value: { state: 'captured' } })
  })

  test('by a payer whose browser never comes back is found by the clock', async () => {
    const sandbox = await sandboxOf(seller.tenantId)
    const attemptId = await checkout(sandbox)
    await sandbox.pay(attemptId)
    expect(await listDueAttempts(sandbox.process)).toEqual([])
    setClock(fixedClock('2026-07-10T09:01:00Z'))
    expect(await listDueAttempts(sandbox.process)).toEqual([attemptId])
    expect(await reconcileAttempt(sandbox.process, attemptId)).toMatchObject({ value: { state: 'captured' } })
    expect(await booksOf(seller.tenantId)).toEqual(settledBooks)
  })

  test('on a page that nobody finished expires after an hour, and the page is closed', async () => {
    const sandbox = await sandboxOf(seller.tenantId)
    const attemptId = await checkout(sandbox)
    setClock(fixedClock('2026-07-10T09:01:00Z'))
    expect(await reconcileAttempt(sandbox.process, attemptId)).toMatchObject({ value: { state: 'expired' } })
    await sandbox.pay(attemptId)
    expect(await settleAttempt(sandbox.process, attemptId)).toMatchObject({ value: { state: 'expired' } })
    expect(await paymentCount()).toBe(0)
  })
})

describe('a gateway that fails', () => {
  test('before the page was opened leaves nothing to pay, and the next click opens it', async () => {
    const sandbox = await sandboxOf(seller.tenantId, failing('openCheckout', 'before', new GatewayUnknown('500')))
    expect(await startCheckout(sandbox.process, wish())).toEqual({ ok: false, error: 'gateway-unknown' })
    expect(await startCheckout(sandbox.process, wish())).toMatchObject({ ok: true })
  })

  test('after the page was opened gives the same page to the next click', async () => {
    const sandbox = await sandboxOf(seller.tenantId, failing('openCheckout', 'after', new GatewayUnknown('timeout')))
    await startCheckout(sandbox.process, wish())
    const attemptId = await checkout(sandbox)
    await sandbox.pay(attemptId)
    await settleAttempt(sandbox.process, attemptId)
    expect(await booksOf(seller.tenantId)).toEqual(settledBooks)
    expect(await asOffice(seller.tenantId, ({ db }) => db.paymentAttempt.count())).toBe(1)
  })

  test('whose key is revoked is refused at once, and says so', async () => {
    const sandbox = await sandboxOf(seller.tenantId, failing('openCheckout', 'before', new GatewayRefused('bad-credentials'), 9))
    expect(await startCheckout(sandbox.process, wish())).toEqual({ ok: false, error: 'gateway-refused' })
  })

  test('that tells of another sum is not believed: nothing is posted, and the attempt says why', async () => {
    const sandbox = await sandboxOf(seller.tenantId, (gateway) => ({
      ...gateway,
      async readPayment(query) {
        const seen = await gateway.readPayment(query)
        return seen && { ...seen, amount: eur(4035n), captured: eur(4035n) }
      },
    }))
    const attemptId = await checkout(sandbox)
    await sandbox.pay(attemptId)
    expect(await settleAttempt(sandbox.process, attemptId)).toMatchObject({ value: { state: 'pending', problem: 'other-amount' } })
    expect(await stateAt(attemptId)).toMatchObject({ failureCode: 'other-amount' })
    expect(await paymentCount()).toBe(0)
  })

  test('that succeeds after a failure was noted is believed: the money is there', async () => {
    let lies = true
    const sandbox = await sandboxOf(seller.tenantId, (gateway) => ({
      ...gateway,
      async readPayment(query) {
        const seen = await gateway.readPayment(query)
        return seen && lies ? { ...seen, state: 'failed', failure: 'declined', captured: eur(0n), savedMethod: null } : seen
      },
    }))
    const attemptId = await checkout(sandbox)
    await sandbox.pay(attemptId)
    await settleAttempt(sandbox.process, attemptId)
    expect(await stateAt(attemptId)).toMatchObject({ state: 'failed' })
    lies = false
    await settleAttempt(sandbox.process, attemptId)
    expect(await stateAt(attemptId)).toEqual({ state: 'captured', failureCode: null })
    expect(await booksOf(seller.tenantId)).toEqual(settledBooks)
  })
})

describe('a saved card', () => {
  const charge = (sandbox: Sandbox, key: string) => {
    const { saves: _, returnPath: __, ...paid } = wish(1000n)
    return chargeSavedMethod(sandbox.process, { ...paid, key })
  }

  async function withCard(later: 'approve' | 'insufficient-funds' | 'authentication-required', between?: Parameters<typeof sandboxOf>[1]) {
    const sandbox = await sandboxOf(seller.tenantId, between)
    const attemptId = await checkout(sandbox, 34n, true)
    await sandbox.pay(attemptId, { later })
    await settleAttempt(sandbox.process, attemptId)
    return sandbox
  }

  test('is kept with the payer’s consent, and the first one is the default', async () => {
    await withCard('approve')
    const kept = await asOffice(seller.tenantId, ({ db }) => db.paymentMethod.findMany())
    expect(kept).toMatchObject([{ label: 'Visa', lastDigits: '4242', isDefault: true, state: 'active' }])
  })

  test('is charged once for one deed, however often it is sent', async () => {
    const sandbox = await withCard('approve')
    const charged = await Promise.all(Array.from({ length: 10 }, () => charge(sandbox, 'form:1')))
    expect(new Set(charged.map((one) => (one.ok ? one.value.attemptId : one.error))).size).toBe(1)
    expect(await stateOf(seller.tenantId, seller.invoice.id)).toEqual({ status: 'partly-paid', paid: 1034n })
  })

  test('that is declined fails the attempt', async () => {
    const sandbox = await withCard('insufficient-funds')
    expect(await charge(sandbox, 'form:1')).toMatchObject({ ok: true, value: { state: 'failed' } })
  })

  test('that needs its holder waits with the bank’s page', async () => {
    const sandbox = await withCard('authentication-required')
    const charged = await charge(sandbox, 'form:1')
    if (!charged.ok) throw new Error(charged.error)
    expect(charged.value.state).toBe('action-required')
    await sandbox.pay(charged.value.attemptId, 'confirm')
    await settleAttempt(sandbox.process, charged.value.attemptId)
    expect(await stateOf(seller.tenantId, seller.invoice.id)).toEqual({ status: 'partly-paid', paid: 1034n })
  })

  test('charged without an answer is not charged again: its state is unknown until the gateway tells', async () => {
    const sandbox = await withCard('approve', failing('chargeSaved', 'after', new GatewayUnknown('silence after the capture')))
    const charged = await charge(sandbox, 'form:1')
    expect(charged).toMatchObject({ ok: true, value: { state: 'unknown' } })
    expect(await charge(sandbox, 'form:2')).toMatchObject({ ok: true, value: { state: 'captured' } })
    expect(await stateOf(seller.tenantId, seller.invoice.id)).toEqual({ status: 'partly-paid', paid: 1034n })
    expect(await asOffice(seller.tenantId, ({ db }) => db.paymentAttempt.count({ where: { state: 'unknown' } }))).toBe(0)
  })

  test('charged on a line that is down is given up after ten minutes, when the gateway never heard of it', async () => {
    const sandbox = await withCard('approve', failing('chargeSaved', 'before', new GatewayUnknown('no line')))
    const charged = await charge(sandbox, 'form:1')
    const attemptId = charged.ok ? charged.value.attemptId : ''
    setClock(fixedClock('2026-07-10T08:02:00Z'))
    expect(await reconcileAttempt(sandbox.process, attemptId)).toMatchObject({ value: { state: 'unknown' } })
    setClock(fixedClock('2026-07-10T08:11:00Z'))
    expect(await reconcileAttempt(sandbox.process, attemptId)).toMatchObject({ value: { state: 'failed' } })
    expect(await stateAt(attemptId)).toMatchObject({ failureCode: 'try-again-later' })
  })
})
