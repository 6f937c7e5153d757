import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { httpWebhookSender } from '#app/adapters/webhooks/http-sender.ts'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { saveChoice } from '#app/db/people/notices.server.ts'
import { insertSecurityProfiles } from '#app/db/people/people.server.ts'
import { pauseNoticePorts } from '#app/jobs/pause-notice-ports.server.ts'
import { countPausedEndpoints, readEndpointLog } from '#app/reports/webhooks/query.server.ts'
import { createCreditNote } from '#app/services/invoices/create-credit-note.server.ts'
import { voidInvoice } from '#app/services/invoices/void-invoice.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { attemptWebhook } from '#app/services/webhooks/attempt-delivery.server.ts'
import { addEndpoint, changeEndpoint, rotateEndpoint } from '#app/services/webhooks/keep-endpoint.server.ts'
import { sendWebhookAgain, sendWebhooksAgain } from '#app/services/webhooks/send-webhook-again.server.ts'
import { tellEvent } from '#app/services/webhooks/tell-event.server.ts'
import { mailStaffOfPause } from '#app/services/webhooks/tell-of-pause.server.ts'
import { sealWebhookSecret, webhookPorts } from '#app/wiring.server.ts'
import { runLivery } from '#scripts/cli/program.ts'
import { asOffice, buildAccount, buildTenant } from '#tests/support/builders.ts'
import { keepingMailer } from '#tests/support/deliveries.ts'
import { sellerWithInvoice } from '#tests/support/one-invoice.ts'
import { type ReceivedCall, startReceiver } from '#tests/support/webhook-receiver.ts'

let receiver: Awaited<ReturnType<typeof startReceiver>>
beforeEach(async () => {
  receiver = await startReceiver()
})
afterEach(async () => {
  setClock()
  await receiver.close()
})

const start = '2026-07-01T06:00:00Z'
const hours = (count: number) => new Date(Date.parse(start) + count * 3_600_000).toISOString()
const ports = { ...webhookPorts(), sender: httpWebhookSender({ timeoutMs: 2_000, longestAnswer: 200, reachesPrivateNetworks: true }) }
const finalised = { name: 'invoice/finalised' } as const

/** A seller with an invoice, and an endpoint of the seller that points to the receiver. */
async function seller(accountId: string | null = null, slug = 'meridian') {
  const facts = await sellerWithInvoice({ slug })
  setClock(fixedClock(start))
  const office = <T>(work: Parameters<typeof asOffice<T>>[1]) => asOffice(facts.tenantId, work)
  const input = { accountId, url: 'https://hooks.example.com/in', eventTypes: ['invoice.finalised', 'invoice.voided'] } as const
  const added = await office((ctx) => addEndpoint(ctx, input, sealWebhookSecret))
  if (!added.ok) throw new Error(added.error)
  const { endpointId, secret } = added.value
  await office(({ db }) => db.webhookEndpoint.updateMany({ data: { url: receiver.url } }))
  const process = processOf(facts.tenantId, ports)
  /** Does what the job does with everything that waits: one attempt each. */
  const attemptAll = async () => {
    const waiting = await office(({ db }) => db.webhookDelivery.findMany({ where: { state: 'waiting' }, orderBy: { id: 'asc' } }))
    const outcomes = []
    for (const { id, round } of waiting) outcomes.push(await attemptWebhook(process, { deliveryId: id, round }))
    return outcomes
  }
  const deliveries = () => office(({ db }) => db.webhookDelivery.findMany({ orderBy: { id: 'asc' } }))
  const tell = () => office((ctx) => tellEvent(ctx, { ...finalised, invoiceId: facts.invoice.id }))
  return { ...facts, office, endpointId, secret, process, attemptAll, deliveries, tell }
}

test('an endpoint is told once of an invoice, signed so that another implementation believes it', async () => {
  const { invoice, secret, tell, attemptAll, deliveries } = await seller()
  expect([await tell(), await tell()]).toEqual([1, 0])
  setClock()
  expect(await attemptAll()).toEqual([{ waitMs: null }])
  expect(await attemptAll()).toEqual([])

  expect(receiver.calls).toHaveLength(1)
  const [call] = receiver.calls
  const told = new Webhook(secret).verify(call?.body ?? '', call?.headers as Record<string, string>) as { type: string; data: object }
  expect(told).toMatchObject({
    type: 'invoice.finalised',
    timestamp: '2026-07-01T06:00:00.000Z',
    data: {
      number: invoice.number,
      document_type: 'invoice',
      status: 'open',
      total: { minor: '4034', currency: 'EUR' },
      version: expect.any(Number),
    },
  })
  expect((await deliveries()).map(({ state, attempts }) => [state, attempts])).toEqual([['delivered', 1]])
  expect(() => new Webhook(secret).verify(`${call?.body} `, call?.headers as Record<string, string>)).toThrow('No matching signature')
})

test('a credit note over what is open tells that the invoice is settled, once', async () => {
  const { office, tenantId, accountId, endpointId, invoice, deliveries } = await seller()
  await office(({ db }) => db.webhookEndpoint.updateMany({ where: { id: endpointId }, data: { eventTypes: ['invoice.paid'] } }))
  const credited = await office((ctx) =>
    createCreditNote(ctx, { invoiceId: invoice.id, request: { kind: 'rest' }, reason: 'Goodwill', isChargedAgain: false }),
  )
  expect(credited.ok).toBe(true)
  const told = await office(({ db }) => db.outboxEvent.findMany({ where: { name: 'invoice/settled' }, select: { data: true } }))
  expect(told.map(({ data }) => data)).toEqual([{ tenantId, accountId, invoiceId: invoice.id }])
  const settled = { name: 'invoice/settled', invoiceId: invoice.id } as const
  expect([await office((ctx) => tellEvent(ctx, settled)), await office((ctx) => tellEvent(ctx, settled))]).toEqual([1, 0])
  const [delivery] = await deliveries()
  expect(JSON.parse(delivery?.body ?? '{}')).toMatchObject({ type: 'invoice.paid', data: { number: invoice.number, status: 'paid' } })
})

test('during a rotation both secrets sign; a day later the old one does not', async () => {
  const { office, endpointId, secret, tell, attemptAll, invoice } = await seller()
  const rotated = await office((ctx) => rotateEndpoint(ctx, { endpointId }, sealWebhookSecret))
  const fresh = rotated.ok ? rotated.value.secret : ''
  await tell()
  setClock(fixedClock(hours(1)))
  await attemptAll()
  await office((ctx) => voidInvoice(ctx, { invoiceId: invoice.id, reason: 'Wrong month' }))
  await office((ctx) => tellEvent(ctx, { name: 'invoice/voided', invoiceId: invoice.id }))
  setClock(fixedClock(hours(25)))
  await attemptAll()

  const signatures = receiver.calls.map(({ headers }) => String(headers['webhook-signature']).split(' ').length)
  expect(signatures).toEqual([2, 1])
  const signed = (index: number, key: string) => {
    const { headers, body }: Pick<ReceivedCall, 'headers' | 'body'> = receiver.calls[index] ?? { headers: {}, body: '' }
    const at = new Date(Number(headers['webhook-timestamp']) * 1000)
    return String(headers['webhook-signature'])
      .split(' ')
      .includes(new Webhook(key).sign(String(headers['webhook-id']), at, body))
  }
  expect([signed(0, secret), signed(0, fresh), signed(1, secret), signed(1, fresh)]).toEqual([true, true, false, true])
})

test('a failure is tried again, with request, answer and time in the log, until three days are over', async () => {
  const { tell, attemptAll, deliveries, office } = await seller()
  receiver.behaviour.answer = { status: 503, body: 'busy' }
  await tell()
  const [first] = await attemptAll()
  expect(first?.waitMs).toBeGreaterThanOrEqual(4_000)
  expect(first?.waitMs).toBeLessThanOrEqual(6_000)
  setClock(fixedClock(hours(71.9)))
  expect(await attemptAll()).toEqual([{ waitMs: expect.any(Number) }])
  setClock(fixedClock(hours(72)))
  expect(await attemptAll()).toEqual([{ waitMs: null }])

  expect((await deliveries()).map(({ state, attempts }) => [state, attempts])).toEqual([['failed', 3]])
  const log = await office(({ db }) => db.webhookAttempt.findMany({ orderBy: { number: 'asc' } }))
  expect(log.map(({ number, status, answer }) => [number, status, answer])).toEqual([
    [1, 503, 'busy'],
    [2, 503, 'busy'],
    [3, 503, 'busy'],
  ])
  expect(new Set(receiver.calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
})

test('an endpoint that takes nothing for five days is paused; what it is due fails at once and goes out when asked for', async () => {
  const { tell, attemptAll, deliveries, office, endpointId, invoice } = await seller()
  receiver.behaviour.answer = { status: 500 }
  await tell()
  await attemptAll()
  setClock(fixedClock(hours(5 * 24)))
  await attemptAll()
  expect((await office(({ db }) => db.webhookEndpoint.findFirst()))?.state).toBe('paused')
  expect(await office(countPausedEndpoints)).toBe(1)

  await office((ctx) => voidInvoice(ctx, { invoiceId: invoice.id, reason: 'Wrong month' }))
  expect(await office((ctx) => tellEvent(ctx, { name: 'invoice/voided', invoiceId: invoice.id }))).toBe(1)
  const before = receiver.calls.length
  await attemptAll()
  expect([receiver.calls.length - before, (await deliveries()).map(({ state }) => state)]).toEqual([0, ['failed', 'failed']])

  receiver.behaviour.answer = { status: 204 }
  for (const state of ['active', 'paused'] as const) await office((ctx) => changeEndpoint(ctx, { endpointId, state }))
  expect(await office(countPausedEndpoints)).toBe(0)
  await office((ctx) => changeEndpoint(ctx, { endpointId, state: 'active' }))
  const range = { endpointId, from: new Date(start), before: new Date(hours(200)), isFailedOnly: true }
  expect(await office((ctx) => sendWebhooksAgain(ctx, range))).toEqual({ ok: true, value: { count: 2 } })
  await attemptAll()
  expect((await deliveries()).map(({ state }) => state)).toEqual(['delivered', 'delivered'])
  expect((await office(({ db }) => db.webhookEndpoint.findFirst()))?.failingSince).toBeNull()
})

test('the staff who keep endpoints are mailed once of a pause, in their language', async () => {
  const { tenantId, tell, attemptAll, office, endpointId } = await seller()
  const keeper = { name: 'keeper', isOwner: false, permissions: ['settings:write'] }
  const reader = { name: 'reader', isOwner: false, permissions: ['invoice:read'] }
  await office((ctx) => insertSecurityProfiles(ctx, [keeper, reader]))
  await office((ctx) => addMember(ctx, { email: 'ada@example.test', name: 'Ada', language: 'de', profile: 'keeper' }))
  await office((ctx) => addMember(ctx, { email: 'ben@example.test', name: 'Ben', language: 'en', profile: 'reader' }))
  receiver.behaviour.answer = { status: 500 }
  await tell()
  await attemptAll()
  setClock(fixedClock(hours(5 * 24)))
  await attemptAll()
  const [event, ...others] = await office(({ db }) => db.outboxEvent.findMany({ where: { name: 'webhook/paused' } }))
  expect(others).toEqual([])
  const pause = event?.data as { endpointId: string; pausedAt: string }
  const { mails, mailer } = keepingMailer()
  const told = processOf(tenantId, { ...pauseNoticePorts(tenantId), mailer })
  for (const _ of [1, 2]) await mailStaffOfPause(told, pause)
  expect([...mails.values()].map(({ to, subject, language }) => [to[0]?.address, subject, language])).toEqual([
    ['ada@example.test', 'Ein Webhook-Ziel wurde angehalten', 'de'],
  ])
  await office((ctx) => changeEndpoint(ctx, { endpointId, state: 'active' }))
  const later = keepingMailer()
  await mailStaffOfPause(processOf(tenantId, { ...pauseNoticePorts(tenantId), mailer: later.mailer }), pause)
  expect(later.mails.size).toBe(0)
})

test('a buyer is told of the pause of its own endpoint by the ways it chose', async () => {
  const { tell, attemptAll, office, accountId } = await seller()
  await office(({ db }) => db.webhookEndpoint.updateMany({ data: { accountId } }))
  await office((ctx) => saveChoice(ctx, accountId, 'account', { mails: ['it@example.test'], isShown: true, isPosted: false }))
  receiver.behaviour.answer = { status: 500 }
  await tell()
  await attemptAll()
  setClock(fixedClock(hours(5 * 24)))
  await attemptAll()
  const notices = await office(({ db }) => db.notice.findMany())
  expect(notices.map(({ code, mails, isShown }) => [code, mails, isShown])).toEqual([['webhook-paused', ['it@example.test'], true]])
  expect(await office(({ db }) => db.outboxEvent.count({ where: { name: 'webhook/paused' } }))).toBe(0)
})

test('sending again stops what still waited: an older round does nothing', async () => {
  const { tell, office, process, deliveries, attemptAll } = await seller()
  await tell()
  const [delivery] = await deliveries()
  const deliveryId = delivery?.id ?? ''
  await office((ctx) => sendWebhookAgain(ctx, { deliveryId }))
  expect(await attemptWebhook(process, { deliveryId, round: 1 })).toEqual({ waitMs: null })
  expect(receiver.calls).toEqual([])
  await attemptAll()
  expect(receiver.calls).toHaveLength(1)
})

test('an endpoint of a customer is told of its own documents alone, one of another seller of nothing', async () => {
  const { tenantId, office, tell, accountId, endpointId } = await seller()
  const stranger = await buildAccount(tenantId)
  await office(({ db }) => db.webhookEndpoint.updateMany({ data: { accountId: stranger } }))
  expect(await tell()).toBe(0)
  await office(({ db }) => db.webhookEndpoint.updateMany({ data: { accountId } }))
  expect(await tell()).toBe(1)
  const other = await buildTenant()
  expect(await asOffice(other, (ctx) => changeEndpoint(ctx, { endpointId, state: 'removed' }))).toEqual({
    ok: false,
    error: 'endpoint-not-found',
  })
})

test.each(['http://hooks.example.com', 'https://user:pass@hooks.example.com', 'ftp://hooks.example.com', 'nonsense'])(
  'the address %s is not taken',
  async (url) => {
    const tenantId = await buildTenant()
    const input = { accountId: null, url, eventTypes: ['invoice.finalised'] } as const
    expect(await asOffice(tenantId, (ctx) => addEndpoint(ctx, input, sealWebhookSecret))).toEqual({ ok: false, error: 'bad-url' })
  },
)

test('the command line sends a delivery again by the id its receiver saw', async () => {
  const slug = 'replaying'
  const { tell, attemptAll } = await seller(null, slug)
  await tell()
  await attemptAll()
  const output: string[] = []
  const livery = (id: string) =>
    runLivery(['webhook', 'replay', id, '--tenant', slug], { out: (text) => output.push(text), problem: (text) => output.push(text) })
  expect(await livery(String(receiver.calls[0]?.headers['webhook-id']))).toBe(0)
  await attemptAll()
  expect(receiver.calls.map(({ headers }) => headers['webhook-id'])).toEqual([
    receiver.calls[0]?.headers['webhook-id'],
    receiver.calls[0]?.headers['webhook-id'],
  ])
  expect(await livery('019f0000-0000-7000-8000-000000000001')).toBe(1)
  expect(await livery('nonsense')).toBe(2)
})

test('the log of an endpoint shows each event with its attempts, newest first', async () => {
  const { office, tell, attemptAll, endpointId } = await seller()
  receiver.behaviour.answer = { status: 503, body: 'busy' }
  await tell()
  await attemptAll()
  receiver.behaviour.answer = { status: 200, body: 'ok' }
  setClock(fixedClock(hours(1)))
  await attemptAll()
  const log = await office((ctx) => readEndpointLog(ctx, endpointId, null))
  expect(log.rows.map(({ eventType, state }) => [eventType, state])).toEqual([['invoice.finalised', 'delivered']])
  expect(log.rows[0]?.attempts.map(({ number, status, answer, problem }) => [number, status, answer, problem])).toEqual([
    [2, 200, 'ok', null],
    [1, 503, 'busy', null],
  ])
})
