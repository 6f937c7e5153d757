import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { signedMessage } from '#app/adapters/payments/sandbox/sandbox-webhook.ts'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { applyEvent } from '#app/services/gateways/apply-event.server.ts'
import { receiveEvent } from '#app/services/gateways/receive-event.server.ts'
import { settleAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { startCheckout } from '#app/services/gateways/start-checkout.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { booksOf, eur } from '#tests/support/payments.ts'
import { type Sandbox, sandboxOf, webhookSecret } from '#tests/support/sandbox-seller.ts'

const now = new Date('2026-07-10T08:00:00Z')

let seller: Awaited<ReturnType<typeof sellerWithInvoice>>
let sandbox: Sandbox
let attemptId: string
beforeEach(async () => {
  seller = await sellerWithInvoice()
  setClock(fixedClock(now.toISOString()))
  sandbox = await sandboxOf(seller.tenantId)
  const amount = eur(4034n)
  const targets = [{ kind: 'invoice', id: seller.invoice.id, amount }] as const
  const wish = { accountId: seller.accountId, purpose: 'invoices', targets, amount, saves: false } as const
  const started = await startCheckout(sandbox.process, { ...wish, returnPath: '/panel/pay/:attemptId', actor: systemActor('test') })
  if (!started.ok) throw new Error(started.error)
  attemptId = started.value.attemptId
})
afterEach(() => setClock())

type Message = { readonly headers: Readonly<Record<string, string>>; readonly body: string }

const take = ({ headers, body }: Message, { process }: Sandbox = sandbox, receivedAt = now) =>
  receiveEvent(process, { gateway: 'sandbox', webhook: { headers, body, receivedAt } })

const eventsOf = (tenantId = seller.tenantId) =>
  asOffice(tenantId, ({ db }) => db.gatewayEvent.findMany({ select: { id: true, state: true, problem: true }, orderBy: { id: 'asc' } }))

/** Does what the job does with everything that is kept. */
async function applyAll(): Promise<void> {
  for (const { id } of await eventsOf()) await applyEvent(sandbox.process, id)
}

function lastTold(): Message {
  const message = sandbox.told.at(-1)
  if (!message) throw new Error('nothing was told')
  return message
}

const paid = { 'clearing.sandbox': 4034n, 'revenue.usage': -3390n, 'tax-payable.S.19': -644n }

describe('what a gateway tells', () => {
  test('before the payer comes back settles the invoice, and the return page finds it settled', async () => {
    await sandbox.pay(attemptId)
    expect(await take(lastTold())).toEqual({ ok: true, value: undefined })
    await applyAll()
    expect(await booksOf(seller.tenantId)).toEqual(paid)
    expect(await settleAttempt(sandbox.process, attemptId)).toMatchObject({ value: { state: 'captured' } })
    expect(await booksOf(seller.tenantId)).toEqual(paid)
  })

  test('ten times at once is kept once and counts once', async () => {
    await sandbox.pay(attemptId)
    await Promise.all(Array.from({ length: 10 }, () => take(lastTold())))
    await applyAll()
    expect(await eventsOf()).toMatchObject([{ state: 'applied' }])
    expect(await booksOf(seller.tenantId)).toEqual(paid)
  })

  test('three days later, in the wrong order, ends in the same state', async () => {
    await sandbox.pay(attemptId, { card: 'secure' })
    await sandbox.pay(attemptId, 'confirm')
    const later = new Date('2026-07-13T08:00:00Z')
    setClock(fixedClock(later.toISOString()))
    for (const [index, { body }] of sandbox.told.toReversed().entries()) {
      const message = { ...JSON.parse(body), id: `evt_${index}` }
      await take(signedMessage(message, { secret: webhookSecret, at: later }), sandbox, later)
    }
    await applyAll()
    expect(await eventsOf()).toMatchObject([{ state: 'applied' }, { state: 'applied' }])
    expect(await booksOf(seller.tenantId)).toEqual(paid)
  })

  test('about a payment that is none of ours is kept and ignored', async () => {
    const about = { kind: 'payment', ref: 'sbx_pay_x', checkoutRef: 'sbx_chk_x', attemptId: 'x' } as const
    const message = { id: 'evt_1', type: 'payment.pay', account: sandbox.account.externalId, about }
    await take(signedMessage(message, { secret: webhookSecret, at: now }))
    await applyAll()
    expect(await eventsOf()).toMatchObject([{ state: 'ignored', problem: 'no-attempt' }])
  })
})

describe('a message is refused and leaves nothing', () => {
  const message = () => JSON.parse(lastTold().body)

  test('when it is forged, changed or expired', async () => {
    await sandbox.pay(attemptId)
    const forged = signedMessage(message(), { secret: `whsec_${Buffer.from('a guess').toString('base64')}`, at: now })
    expect(await take(forged)).toEqual({ ok: false, error: 'bad-signature' })
    expect(await take({ ...lastTold(), body: lastTold().body.replace('payment.pay', 'payment.won') })).toMatchObject({ ok: false })
    expect(await take(lastTold(), sandbox, new Date(now.getTime() + 301_000))).toEqual({ ok: false, error: 'expired' })
    expect(await take({ headers: {}, body: '' })).toMatchObject({ ok: false })
    expect(await eventsOf()).toEqual([])
  })

  test('when it is a valid one of another account or another seller', async () => {
    await sandbox.pay(attemptId)
    const other = await sellerWithInvoice({ slug: 'weser' })
    const theirs = await sandboxOf(other.tenantId)
    expect(await take(lastTold(), theirs)).toEqual({ ok: false, error: 'other-account' })
    expect(await eventsOf(other.tenantId)).toEqual([])
  })
})
