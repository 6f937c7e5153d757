import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { readPaymentSettings } from '#app/db/payments/payment-settings.server.ts'
import { saveChoice } from '#app/db/people/notices.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import type { Mail } from '#app/ports/mailer.ts'
import { applyEvent } from '#app/services/gateways/apply-event.server.ts'
import { collectDueInvoices, tellExpiringMethods } from '#app/services/gateways/collect-due-invoices.server.ts'
import { chooseDefaultMethod, removeMethod, setAutoPay } from '#app/services/gateways/keep-methods.server.ts'
import { receiveEvent } from '#app/services/gateways/receive-event.server.ts'
import { settleAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { startSetup } from '#app/services/gateways/start-checkout.server.ts'
import { type MethodChange, type PayerLetter, tellFailedAttempt, tellMethodChange } from '#app/services/gateways/tell-payer.server.ts'
import { savePaymentSettings } from '#app/services/refunds/save-payment-settings.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { stateOf } from '#tests/support/payments.ts'
import { type Sandbox, sandboxOf } from '#tests/support/sandbox-seller.ts'

// Invoiced on 1 July, due on 15 July.
let seller: Awaited<ReturnType<typeof sellerWithInvoice>>
let sandbox: Sandbox
let letters: PayerLetter[]
let sent: Map<string, Omit<Mail, 'key'>>

beforeEach(async () => {
  seller = await sellerWithInvoice()
  setClock(fixedClock('2026-07-10T08:00:00Z'))
  sandbox = await sandboxOf(seller.tenantId)
  letters = []
  sent = new Map()
})
afterEach(() => setClock())

type Later = 'approve' | 'insufficient-funds' | 'authentication-required' | 'lost-or-stolen'

async function saveCard(later: Later, expires: 'in-three-years' | 'in-a-month' = 'in-three-years'): Promise<string> {
  const actor = systemActor('test')
  const setup = await startSetup(sandbox.process, { accountId: seller.accountId, currency: 'EUR', returnPath: '/x', actor })
  if (!setup.ok) throw new Error(setup.error)
  await sandbox.pay(setup.value.attemptId, { later, expires })
  await settleAttempt(sandbox.process, setup.value.attemptId)
  return setup.value.attemptId
}

/** The mailer keeps one mail of a key, as the real ones do. */
function process() {
  const compose = async (letter: PayerLetter) => {
    letters.push(letter)
    const from = { name: 'Seller', address: 'mail@seller.example' }
    return { from, to: [], subject: letter.kind, html: '', text: '', language: 'de', attachments: [] } as Omit<Mail, 'key'>
  }
  const mailer = {
    send: async ({ key, ...mail }: Mail) => {
      if (!sent.has(key)) sent.set(key, mail)
      return { messageId: key }
    },
  }
  return { ...sandbox.process, ports: { ...sandbox.process.ports, mailer, compose } }
}

const turnOn = () => asOffice(seller.tenantId, (ctx) => setAutoPay(ctx, { accountId: seller.accountId, isOn: true }))
const collectOn = (day: string) => {
  setClock(fixedClock(`${day}T08:00:00Z`))
  return collectDueInvoices(process())
}
const triesOf = () =>
  asOffice(seller.tenantId, ({ db }) => db.paymentAttempt.count({ where: { kind: 'off-session', accountId: seller.accountId } }))

describe('automatic payment', () => {
  test('needs a saved way to pay', async () => {
    expect(await turnOn()).toEqual({ ok: false, error: 'no-payment-method' })
  })

  test('collects an invoice on its due date, once, however often the job runs', async () => {
    await saveCard('approve')
    await turnOn()
    expect(await collectOn('2026-07-14')).toBe(0)
    await Promise.all([collectOn('2026-07-15'), collectOn('2026-07-15')])
    expect(await stateOf(seller.tenantId, seller.invoice.id)).toEqual({ status: 'paid', paid: 4034n })
    expect(await collectOn('2026-07-16')).toBe(0)
    expect(await triesOf()).toBe(1)
  })

  test('tries a card without money again after 1, 3 and 7 days, and tells of each failure once', async () => {
    await saveCard('insufficient-funds')
    await turnOn()
    for (const day of ['15', '15', '16', '17', '18', '20', '22', '25', '30']) await collectOn(`2026-07-${day}`)
    expect(await triesOf()).toBe(4)
    const failed = await asOffice(seller.tenantId, ({ db }) => db.paymentAttempt.findMany({ where: { state: 'failed' } }))
    for (const { id } of failed) {
      await tellFailedAttempt(process(), id)
      await tellFailedAttempt(process(), id)
    }
    expect(sent.size).toBe(4)
    expect(letters[0]).toMatchObject({ kind: 'failed', code: 'insufficient-funds', path: '/panel/pay', what: seller.invoice.number })
  })

  test('tries again on the seller’s own days, and tells whom the account chose, but never nobody', async () => {
    const { tenantId, accountId } = seller
    await asOffice(tenantId, async (ctx) => savePaymentSettings(ctx, { ...(await readPaymentSettings(ctx)), retryDays: [2] }))
    const choose = (mails: string[]) =>
      asOffice(tenantId, (ctx) => saveChoice(ctx, accountId, 'payment', { mails, isShown: true, isPosted: false }))
    await saveCard('insufficient-funds')
    await turnOn()
    for (const day of ['15', '16', '17', '18', '22']) await collectOn(`2026-07-${day}`)
    expect(await triesOf()).toBe(2)
    const failed = await asOffice(tenantId, ({ db }) => db.paymentAttempt.findMany({ where: { state: 'failed' }, orderBy: { id: 'asc' } }))
    await choose(['books@buyer.example', 'cfo@buyer.example'])
    await tellFailedAttempt(process(), failed[0]?.id ?? '')
    await choose([])
    await tellFailedAttempt(process(), failed[1]?.id ?? '')
    const { email } = await asOffice(tenantId, ({ db }) => db.account.findFirstOrThrow({ where: { id: accountId } }))
    expect(letters.map(({ to }) => to.address)).toEqual(['books@buyer.example', 'cfo@buyer.example', email])
  })

  test('stops at a card that is lost, and goes on with another one', async () => {
    await saveCard('lost-or-stolen')
    await turnOn()
    await collectOn('2026-07-15')
    expect(await collectOn('2026-07-16')).toBe(0)
    const [lost] = await asOffice(seller.tenantId, ({ db }) => db.paymentMethod.findMany({ where: { state: 'active' } }))
    await saveCard('approve')
    await removeMethod(sandbox.process, { accountId: seller.accountId, paymentMethodId: lost?.id ?? '' })
    expect(await collectOn('2026-07-16')).toBe(1)
    expect((await stateOf(seller.tenantId, seller.invoice.id)).status).toBe('paid')
  })

  test('tells a payer whose bank wants it where to confirm', async () => {
    await saveCard('authentication-required')
    await turnOn()
    await collectOn('2026-07-15')
    expect(letters).toMatchObject([{ kind: 'confirm', to: { language: 'de' } }])
    expect(await triesOf()).toBe(1)
  })
})

test('a card that ends is announced once 30 and once 7 days before', async () => {
  await saveCard('approve', 'in-a-month')
  for (const day of ['2026-07-10', '2026-07-11', '2026-08-01', '2026-08-02']) {
    setClock(fixedClock(`${day}T08:00:00Z`))
    await tellExpiringMethods(process())
  }
  expect(letters.map(({ kind }) => kind)).toEqual(['expiry', 'expiry'])
})

describe('what a gateway tells of a saved card', () => {
  const methods = () => asOffice(seller.tenantId, ({ db }) => db.paymentMethod.findMany({ orderBy: { id: 'asc' } }))
  /** Does what the jobs do with the last event; what became of it. */
  async function takeLast(): Promise<string | undefined> {
    const { headers = {}, body = '' } = sandbox.told.at(-1) ?? {}
    const webhook = { headers, body, receivedAt: new Date('2026-07-10T08:00:00Z') }
    expect((await receiveEvent(sandbox.process, { gateway: 'sandbox', webhook })).ok).toBe(true)
    const kept = await asOffice(seller.tenantId, ({ db }) => db.gatewayEvent.findFirst({ where: { state: 'stored' } }))
    const outcome = kept && (await applyEvent(sandbox.process, kept.id))
    const events = await asOffice(seller.tenantId, ({ db }) => db.outboxEvent.findMany({ where: { name: 'payment-method/changed' } }))
    for (const { data } of events) await tellMethodChange(process(), data as MethodChange)
    return outcome?.state
  }

  test('a card that its bank replaced has other digits and days, is announced again before it ends, and its owner is told once', async () => {
    const attemptId = await saveCard('approve', 'in-a-month')
    await tellExpiringMethods(process())
    await sandbox.pay(attemptId, 'replace')
    expect([await takeLast(), await takeLast()]).toEqual(['applied', undefined])
    expect(await methods()).toMatchObject([
      { lastDigits: '5556', expiresOn: new Date('2029-07-09'), expiryNoticedOn: null, isDefault: true },
    ])
    expect([...sent.values()].map(({ subject }) => subject)).toEqual(['expiry', 'renewed'])
    expect(letters.at(-1)).toMatchObject({ kind: 'renewed', method: 'Visa 5556', expiresOn: '2029-07-09', path: '/panel/payment-methods' })
  })

  test('a card that was taken away is charged no more, the other one becomes the default, and its owner is told', async () => {
    await saveCard('approve')
    const [other] = await methods()
    const attemptId = await saveCard('approve')
    const [, lost] = await methods()
    await asOffice(seller.tenantId, (ctx) => chooseDefaultMethod(ctx, { accountId: seller.accountId, paymentMethodId: lost?.id ?? '' }))
    await sandbox.pay(attemptId, 'withdraw')
    expect(await takeLast()).toBe('applied')
    expect((await methods()).map(({ id, state, isDefault }) => [id, state, isDefault])).toEqual([
      [other?.id, 'active', true],
      [lost?.id, 'removed', false],
    ])
    expect(letters).toMatchObject([{ kind: 'withdrawn', method: 'Visa 4242', expiresOn: null }])
  })

  test('what we took away ourselves is told to nobody', async () => {
    const attemptId = await saveCard('approve')
    const [method] = await methods()
    await sandbox.pay(attemptId, 'replace')
    await removeMethod(sandbox.process, { accountId: seller.accountId, paymentMethodId: method?.id ?? '' })
    expect(await takeLast()).toBe('ignored')
    expect(letters).toEqual([])
  })
})
