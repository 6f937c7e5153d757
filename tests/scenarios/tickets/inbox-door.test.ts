import type { ActionFunctionArgs } from '@remix-run/node'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { provideEnvironment } from '#app/config/env.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { action, loader } from '#app/routes/webhooks.mail.inbox.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { growTenant } from '#tests/support/tree.ts'

const secret = 'the secret of the mail server, long enough'
const message = [
  'From: maria@linde.example',
  'To: hallo@ahorn.example',
  'Subject: Langsam',
  'Message-ID: <1@linde.example>',
  '',
  'Seit Mittag.',
]

let ahorn: string
let nakhla: string
beforeAll(async () => {
  ;[ahorn, nakhla] = [await growTenant('ahorn'), await growTenant('nakhla')]
  for (const tenantId of [ahorn, nakhla]) await register(tenantId, 'maria@linde.example')
})
beforeEach(() => provideEnvironment({ MAIL_INBOX_SECRET: secret }))
afterAll(() => provideEnvironment({ MAIL_INBOX_SECRET: '' }))

type Knock = { readonly host?: string; readonly secret?: string; readonly body?: BodyInit }

/** What a mail server is answered that hands in a message at the host of a seller: the status, and what was made of the mail. */
async function knock({ host = 'ahorn.localhost', secret: shown = secret, body = message.join('\r\n') }: Knock = {}): Promise<string> {
  const headers = { host, Authorization: `Bearer ${shown}` }
  const request = new Request(`http://${host}/webhooks/mail/inbox`, { method: 'POST', headers, body })
  const answer = await action({ request, params: {}, context: {} as ActionFunctionArgs['context'] }).catch(
    (refused: Response | { init: ResponseInit }) => refused,
  )
  if (!(answer instanceof Response)) return String(answer.init.status)
  return answer.status === 202 ? `202 ${(await answer.json()).taken}` : String(answer.status)
}

const tickets = (tenantId: string) => inTenant(tenantId, ({ db }) => db.ticket.count({ where: { tenantId } }))

test('a message at the host of a seller becomes a ticket there, once, and nowhere else', async () => {
  expect([await knock(), await knock()]).toEqual(['202 opened', '202 opened'])
  expect([await tickets(ahorn), await tickets(nakhla)]).toEqual([1, 0])
})

test('what becomes no ticket is accepted as well, so that its sender does not try again', async () => {
  expect(await knock({ body: new Uint8Array([0, 255, 0]) })).toBe('202 unreadable')
  expect(await knock({ body: message.join('\r\n').replace('maria@', 'nobody@') })).toBe('202 unknown-sender')
})

test('whoever does not know the secret is refused, and without one the door is closed', async () => {
  const before = await tickets(ahorn)
  expect(await knock({ secret: 'guessed' })).toBe('403')
  expect(await knock({ host: 'nobody.localhost' })).toBe('404')
  provideEnvironment({ MAIL_INBOX_SECRET: '' })
  expect([await knock(), await knock({ secret: '' })]).toEqual(['404', '404'])
  expect(loader().status).toBe(405)
  expect(await tickets(ahorn)).toBe(before)
})

test('a message of unlikely size is refused before it is read', async () => {
  expect(await knock({ body: new Uint8Array(40_000_001) })).toBe('413')
})
