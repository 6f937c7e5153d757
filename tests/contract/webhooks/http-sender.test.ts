import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { httpWebhookSender } from '#app/adapters/webhooks/http-sender.ts'
import { startReceiver } from '#tests/support/webhook-receiver.ts'

let receiver: Awaited<ReturnType<typeof startReceiver>>
beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.close())
beforeEach(() => {
  receiver.calls.length = 0
  receiver.behaviour.answer = { status: 200, body: 'ok' }
})

const local = httpWebhookSender({ timeoutMs: 1_500, longestAnswer: 20, reachesPrivateNetworks: true })
const call = (url: string) => ({ url, headers: { 'webhook-id': 'msg_1' }, body: '{"type":"invoice.finalised"}' })

test('the body arrives as it is, with its headers and without the name of any software', async () => {
  expect(await local.send(call(receiver.url))).toMatchObject({ status: 200, problem: null, answer: 'ok' })
  const [received] = receiver.calls
  expect([received?.body, received?.headers['webhook-id'], received?.headers['content-type']]).toEqual([
    '{"type":"invoice.finalised"}',
    'msg_1',
    'application/json',
  ])
  expect(JSON.stringify(received?.headers)).not.toMatch(/livery|node|user-agent/i)
})

test('a redirect is an answer and is not followed', async () => {
  receiver.behaviour.answer = { status: 307, headers: { location: `${receiver.url}/elsewhere` } }
  expect(await local.send(call(receiver.url))).toMatchObject({ status: 307 })
  expect(receiver.calls.map(({ path }) => path)).toEqual(['/'])
})

test('an answer that does not come in time, and nobody at all, are told apart', async () => {
  receiver.behaviour.answer = null
  expect(await local.send(call(receiver.url))).toMatchObject({ status: null, problem: 'timed-out' })
  expect(await local.send(call('http://127.0.0.1:9'))).toMatchObject({ status: null, problem: 'unreachable' })
})

test('of a long answer the beginning is kept', async () => {
  receiver.behaviour.answer = { status: 500, body: 'x'.repeat(100_000) }
  expect((await local.send(call(receiver.url))).answer).toBe('x'.repeat(20))
})

test.each([
  'https://127.0.0.1',
  'https://2130706433',
  'https://0177.0.0.1',
  'https://0x7f.1',
  'https://[::1]',
  'https://[::ffff:169.254.169.254]',
  'https://169.254.169.254/latest/meta-data',
  'https://10.0.0.8',
  'https://192.168.1.1',
  'https://100.64.0.1',
  'https://[fd00::1]',
  'https://0.0.0.0',
  'https://localhost',
  'https://user@127.0.0.1',
])('%s is refused at the send, and no connection is made', async (url) => {
  const { port } = new URL(receiver.url)
  const address = new URL(url)
  address.port = port
  expect(await httpWebhookSender().send(call(address.href))).toMatchObject({ status: null, problem: 'refused-address' })
  expect(receiver.calls).toEqual([])
})

test('plain http leaves for nowhere', async () => {
  expect(await httpWebhookSender().send(call('http://hooks.example.com'))).toMatchObject({ problem: 'refused-address' })
})
