import { beforeAll, describe, expect, test } from 'vitest'
import { createSharpPress } from '#app/adapters/pictures/sharp-press.ts'
import { ticketOfReplyToken, ticketReplyToken } from '#app/config/ticket-reply.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { replyAddress, replyTokenIn } from '#app/domain/tickets/mailed.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { takeInMail } from '#app/services/tickets/take-in-mail.server.ts'
import { mailReader } from '#app/wiring.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { growTenant } from '#tests/support/tree.ts'
import { answer, asked, type Person, seenBy } from './desk.ts'

let tenantId: string
let maria: Person
beforeAll(async () => {
  tenantId = await growTenant('ahorn')
  maria = { ...(await register(tenantId, 'maria@linde.example')), name: 'Maria Linde' }
})

const press = createSharpPress()
let sent = 0

/** A mail as a server hands it in. */
function mailOf(facts: { from?: string; to?: string; head?: readonly string[]; lines?: readonly string[] } = {}): string {
  sent += 1
  const { from = 'Maria <maria@linde.example>', to = 'hallo@ahorn.example', head = [], lines = ['Seit Mittag langsam.'] } = facts
  const fields = [`From: ${from}`, `To: ${to}`, 'Subject: Server lahmt', `Message-ID: <${sent}@linde.example>`, ...head]
  return [...fields, '', ...lines].join('\r\n')
}

/** What becomes of it, with the address read as the door does. */
async function take(message: string) {
  const mail = await mailReader.read(new TextEncoder().encode(message))
  if (!mail) return 'unreadable'
  const token = replyTokenIn(mail.to)
  return takeInMail({ tenantId, ports: { press } }, { mail, number: token ? ticketOfReplyToken(tenantId, token) : null })
}

const office = <T>(work: Parameters<typeof inTenant<T>>[1]) => inTenant(tenantId, work)
const newest = (person = maria) =>
  office(({ db }) =>
    db.ticket.findFirstOrThrow({ where: { accountId: person.accountId }, orderBy: { number: 'desc' }, select: { id: true, number: true } }),
  )
const replyTo = (number: number) => replyAddress('hallo@ahorn.example', ticketReplyToken(tenantId, number))

describe('a mail to the seller', () => {
  test('becomes a ticket with its words, once however often it comes', async () => {
    const message = mailOf()
    expect([await take(message), await take(message)]).toEqual(['opened', 'opened'])
    const { id } = await newest()
    expect(await seenBy(tenantId, maria, id)).toMatchObject({
      subject: 'Server lahmt',
      state: 'open',
      messages: [{ author: 'customer', authorName: 'Lena Bauer', body: 'Seit Mittag langsam.' }],
    })
    expect(await office(({ db }) => db.ticket.count({ where: { accountId: maria.accountId } }))).toBe(1)
  })

  test('that answers a ticket is one more message of it, without what it quotes', async () => {
    const id = await asked(tenantId, maria)
    const { number } = await newest()
    await answer(tenantId, { userId: maria.userId, name: 'Sam' }, { ticketId: id })
    const lines = ['Danke!', '', 'Am 1. Juni 2026 um 10:00 schrieb Sam:', '> Mehr Speicher.']
    expect(await take(mailOf({ to: replyTo(number), lines }))).toBe('answered')
    expect(await seenBy(tenantId, maria, id)).toMatchObject({ state: 'open', messages: [{}, {}, { author: 'customer', body: 'Danke!' }] })
  })

  test('brings files of the kinds that are kept, and names the others', async () => {
    const part = (type: string, name: string, content: string) => [
      ...['--b', `Content-Type: ${type}; name="${name}"`, `Content-Disposition: attachment; filename="${name}"`],
      ...['Content-Transfer-Encoding: base64', '', Buffer.from(content, 'latin1').toString('base64')],
    ]
    const lines = ['--b', 'Content-Type: text/plain', '', 'See the log.', ...part('text/plain', 'kern.log', 'oom')]
    const message = mailOf({
      head: ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b'],
      lines: [...lines, ...part('application/zip', 'all.zip', 'PK\u0003\u0004\u0000'), '--b--', ''],
    })
    expect(await take(message)).toBe('opened')
    const ticket = await seenBy(tenantId, maria, (await newest()).id)
    expect(ticket?.messages).toMatchObject([{ body: 'See the log.\n\n✗ all.zip', files: [{ name: 'kern.log', kind: 'text' }] }])
  })

  test('of a program is let go, and so is one of somebody unknown', async () => {
    expect(await take(mailOf({ head: ['Auto-Submitted: auto-replied'] }))).toBe('automatic')
    expect(await take(mailOf({ head: ['List-Id: <news.example>'] }))).toBe('automatic')
    expect(await take(mailOf({ from: 'MAILER-DAEMON@mx.example' }))).toBe('automatic')
    expect(await take(mailOf({ from: 'nobody@anywhere.example' }))).toBe('unknown-sender')
    expect(await take('no mail at all')).toBe('unreadable')
  })

  test('answers no ticket of another account, whatever address it comes to', async () => {
    const otto = { ...(await register(tenantId, 'otto@anders.example')), name: 'Otto' }
    const id = await asked(tenantId, maria)
    const { number } = await newest()
    expect(await take(mailOf({ from: 'otto@anders.example', to: replyTo(number) }))).toBe('opened')
    expect((await seenBy(tenantId, maria, id))?.messages).toHaveLength(1)
    expect(await seenBy(tenantId, otto, (await newest(otto)).id)).toMatchObject({ subject: 'Server lahmt' })
  })

  test('to an address that we did not give away opens a ticket of its own', async () => {
    const id = await asked(tenantId, maria)
    const { number } = await newest()
    expect(await take(mailOf({ to: replyAddress('hallo@ahorn.example', `${number}-${'0'.repeat(24)}`) }))).toBe('opened')
    expect((await seenBy(tenantId, maria, id))?.messages).toHaveLength(1)
  })

  test('of somebody who sees invoices alone opens nothing', async () => {
    const facts = { email: 'buch@linde.example', name: 'Berta', language: 'de', accountId: maria.accountId, profile: 'customer-billing' }
    await office((ctx) => addMember(ctx, facts))
    expect(await take(mailOf({ from: 'buch@linde.example' }))).toBe('unknown-sender')
  })
})
