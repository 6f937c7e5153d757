import { v7 } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { dunningMailPorts } from '#app/jobs/dunning-ports.server.ts'
import type { Mail } from '#app/ports/mailer.ts'
import { outcomeFor, readLinkedLetter } from '#app/reports/dunning/letter.server.ts'
import { chargeBeforeLetter } from '#app/services/dunning/charge-before-letter.server.ts'
import { resumeAccount } from '#app/services/dunning/resume-account.server.ts'
import { sendDunningLetter } from '#app/services/dunning/send-letter.server.ts'
import { settleAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { startCheckout, startSetup } from '#app/services/gateways/start-checkout.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { asOffice } from '#tests/support/builders.ts'
import { dunBy, lettersOf, morning, step } from '#tests/support/dunning.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { type Sandbox, sandboxOf } from '#tests/support/sandbox-seller.ts'
import { buildCloud, buildServer, stateAt, work } from '#tests/support/suspendable.ts'

const actor = systemActor('test')
let sold: Awaited<ReturnType<typeof sellerWithInvoice>>
let sandbox: Sandbox

/** Ahorn's customer with a saved card, one invoice due on 15 July 2026, and a policy that tries the card first and stops servers at once. */
beforeEach(async () => {
  sold = await sellerWithInvoice({ slug: 'ahorn' })
  sandbox = await sandboxOf(sold.tenantId)
  await dunBy(sold.tenantId, { steps: [{ ...step(3, 'suspend'), charges: true }] })
})
afterEach(() => setClock())

async function saveCard(later: 'approve' | 'insufficient-funds'): Promise<void> {
  setClock(fixedClock('2026-07-02T06:00:00Z'))
  const { accountId } = sold
  const setup = await startSetup(sandbox.process, { accountId, currency: 'EUR', returnPath: '/panel/pay/:attemptId', actor })
  if (!setup.ok) throw new Error(setup.error)
  await sandbox.pay(setup.value.attemptId, { later })
  await settleAttempt(sandbox.process, setup.value.attemptId)
}

/** What the day's jobs do at `at`; returns the secret in the letter's link, if one was mailed. */
async function dayAt(at: string): Promise<string | undefined> {
  setClock(fixedClock(at))
  await chargeBeforeLetter(sandbox.process, sold.accountId)
  await morning(sold.tenantId, at)
  await work([sold.tenantId])
  const sent: Mail[] = []
  const send = (mail: Mail) => Promise.resolve({ messageId: String(sent.push(mail)) })
  const ports = { ...dunningMailPorts(sold.tenantId), mailer: { send } }
  const letters = await asOffice(sold.tenantId, ({ db }) => db.dunningLetter.findMany({ select: { id: true } }))
  for (const { id } of letters) await sendDunningLetter(processOf(sold.tenantId, ports), id)
  return /\/settle\/([\w-]{43})/.exec(sent[0]?.text ?? '')?.[1]
}

const linked = (token: string) => asOffice(sold.tenantId, (ctx) => readLinkedLetter(ctx, token))

test('a card that fails leads to a letter and stopped servers, and paying from its mail without signing in starts them again', async () => {
  const { tenantId, accountId, invoice } = sold
  await saveCard('insufficient-funds')
  const server = await buildServer(await buildCloud(tenantId), 'shop-01', [{ tenantId, accountId }])
  const token = (await dayAt('2026-07-18T06:00:00Z')) ?? ''
  expect(await stateAt(tenantId, server.ids[0] ?? '')).toBe('stopped')
  const tried = await asOffice(tenantId, ({ db }) =>
    db.paymentAttempt.findMany({ where: { kind: 'off-session' }, select: { state: true } }),
  )
  expect(tried).toEqual([{ state: 'failed' }])

  const page = await linked(token)
  expect(page).toMatchObject({ state: 'open', total: { minor: 4034n }, documents: [{ number: invoice.number, open: { minor: 4034n } }] })
  const targets = (page?.documents ?? []).map(({ id, open }) => ({ kind: 'invoice' as const, id, amount: open }))
  const amount = page?.total ?? { minor: 0n, currency: 'EUR' }
  const wish = { accountId, purpose: 'invoices', targets, amount, saves: false, returnPath: `/settle/${token}`, actor } as const
  const checkout = await startCheckout(sandbox.process, wish)
  if (!checkout.ok) throw new Error(checkout.error)
  await sandbox.pay(checkout.value.attemptId)
  await settleAttempt(sandbox.process, checkout.value.attemptId)
  await asOffice(tenantId, (ctx) => resumeAccount(ctx, accountId))
  await work([tenantId])
  expect(await stateAt(tenantId, server.ids[0] ?? '')).toBe('running')
  expect(await linked(token)).toMatchObject({ state: 'paid', documents: [] })
})

test('a payer whose card is declined is told why, and pays by another one', async () => {
  const { tenantId, accountId } = sold
  const token = (await dayAt('2026-07-18T06:00:00Z')) ?? ''
  const page = await linked(token)
  const targets = (page?.documents ?? []).map(({ id, open }) => ({ kind: 'invoice' as const, id, amount: open }))
  const wish = { accountId, purpose: 'invoices', targets, amount: page?.total ?? { minor: 0n, currency: 'EUR' }, saves: false } as const
  const start = async () => {
    const checkout = await startCheckout(sandbox.process, { ...wish, returnPath: `/settle/${token}`, actor })
    if (!checkout.ok) throw new Error(checkout.error)
    return checkout.value.attemptId
  }
  const outcome = (attemptId: string, owner = accountId) => asOffice(tenantId, (ctx) => outcomeFor(ctx, owner, attemptId))
  const declined = await start()
  expect(await outcome(declined)).toEqual({ state: 'waiting', failureCode: null })
  await sandbox.pay(declined, { card: 'decline', code: 'insufficient-funds' })
  await settleAttempt(sandbox.process, declined)
  expect(await outcome(declined)).toEqual({ state: 'failed', failureCode: 'insufficient-funds' })
  expect(await outcome(declined, v7())).toBeNull()
  const second = await start()
  expect(second).not.toBe(declined)
  await sandbox.pay(second)
  await settleAttempt(sandbox.process, second)
  expect([await outcome(second), (await linked(token))?.state]).toEqual([null, 'paid'])
})

test('a card that works on the day of a step leaves nothing to write about', async () => {
  await saveCard('approve')
  expect(await dayAt('2026-07-18T06:00:00Z')).toBeUndefined()
  expect(await lettersOf(sold.tenantId)).toEqual([])
})

test('a link works for thirty days, and only in the store of its seller', async () => {
  const token = (await dayAt('2026-07-18T06:00:00Z')) ?? ''
  const kept = await asOffice(sold.tenantId, ({ db }) => db.dunningLetter.findFirstOrThrow({ select: { tokenHash: true } }))
  expect(kept.tokenHash).toBe(hashOfToken(token))
  setClock(fixedClock('2026-08-17T06:00:01Z'))
  expect(await linked(token)).toMatchObject({ state: 'expired', documents: [] })
  const other = await sellerWithInvoice()
  expect(await asOffice(other.tenantId, (ctx) => readLinkedLetter(ctx, token))).toBeUndefined()
})
