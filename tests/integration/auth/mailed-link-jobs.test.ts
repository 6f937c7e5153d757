import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { acceptInvite, confirmEmail, resetPassword } from '#app/auth/mailed-links.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { sendMailedLink } from '#app/jobs/mailed-links.server.ts'
import { welcomePorts } from '#app/jobs/welcome-ports.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { purposeAfterRegistering } from '#app/services/people/open-mailed-link.server.ts'
import { welcomeCustomer } from '#app/services/people/welcome-customer.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { keptMail, keptMails } from '#app/wiring.server.ts'
import { growTenant } from '#tests/support/tree.ts'
import { register } from './store-people.ts'

let ahorn: string
beforeAll(async () => {
  ahorn = await growTenant('ahorn')
})

const purposeOf = (userId: string) => inTenant(ahorn, (ctx) => purposeAfterRegistering(ctx, userId))
let seen = 0
afterEach(async () => {
  seen = (await keptMails()).length
})

async function newMails() {
  const all = await keptMails()
  const mails = await Promise.all(all.slice(0, all.length - seen).map(({ id }) => keptMail(id)))
  return mails.map((mail) => {
    const link = /http:\/\/ahorn\.localhost:\d+\/(\w+)\?[\w=&;-]*token=([\w-]{43})/.exec(mail?.text ?? '')
    return { mail, page: link?.[1], token: link?.[2] ?? '' }
  })
}

describe('the mail after signing up', () => {
  test('carries a link to the store of the table, which confirms the address; sent twice it is the same mail', async () => {
    const { userId } = await register(ahorn, 'lena@example.test')
    expect(await purposeOf(userId)).toEqual({ ok: true, value: 'confirm-email' })
    const request = { tenantId: ahorn, userId, purpose: 'confirm-email', eventId: 'event-1' } as const
    await sendMailedLink(request)
    await sendMailedLink(request)

    const [sent, ...more] = await newMails()
    expect(more).toEqual([])
    expect(sent?.page).toBe('confirm')
    expect(await inTenant(ahorn, ({ db }) => db.oneTimeToken.count({ where: { userId } }))).toBe(1)
    expect(await confirmEmail({ tenantId: ahorn, token: sent?.token ?? '' })).toEqual({ ok: true, value: { userId } })
    expect(await purposeOf(userId)).toEqual({ ok: false, error: 'not-needed' })
  })

  test('is followed by a welcome, once, when the address is confirmed for the first time', async () => {
    const { userId } = await register(ahorn, 'welcome@example.test')
    for (const eventId of ['event-8', 'event-9']) {
      await sendMailedLink({ tenantId: ahorn, userId, purpose: 'confirm-email', eventId })
      const [link] = await newMails()
      expect((await confirmEmail({ tenantId: ahorn, token: link?.token ?? '' })).ok).toBe(true)
    }
    const joined = { name: 'user/joined', data: { path: ['userId'], equals: userId } }
    expect(await inTenant(ahorn, ({ db }) => db.outboxEvent.count({ where: joined }))).toBe(1)
    seen = (await keptMails()).length
    for (const _ of [1, 2]) await welcomeCustomer(processOf(ahorn, welcomePorts()), userId)
    const [welcome, ...more] = await newMails()
    expect([welcome?.mail?.subject, more]).toEqual([expect.stringContaining('Willkommen bei '), []])
    expect(welcome?.mail?.text).toContain('/panel')
  })

  test('of a link that was used does not bring it back', async () => {
    const { userId } = await register(ahorn, 'used@example.test')
    const request = { tenantId: ahorn, userId, purpose: 'confirm-email', eventId: 'event-2' } as const
    await sendMailedLink(request)
    const [sent] = await newMails()
    expect((await confirmEmail({ tenantId: ahorn, token: sent?.token ?? '' })).ok).toBe(true)
    await sendMailedLink(request)
    expect((await confirmEmail({ tenantId: ahorn, token: sent?.token ?? '' })).ok).toBe(false)
  })
})

test('somebody invited gets the way to a first password instead', async () => {
  const added = await inTenant(ahorn, (ctx) =>
    addMember(ctx, { email: 'sales@ahorn.example', name: 'Sam Sales', language: 'de', profile: 'owner' }),
  )
  const userId = added.ok ? added.value.userId : ''
  expect(await purposeOf(userId)).toEqual({ ok: true, value: 'invite' })
  await sendMailedLink({ tenantId: ahorn, userId, purpose: 'invite', eventId: 'event-3' })
  const [sent] = await newMails()
  expect(sent?.page).toBe('reset')
  expect(sent?.mail?.text).toContain('purpose=invite')
  expect((await acceptInvite({ tenantId: ahorn, token: sent?.token ?? '', newPassword: 'birkenrinde im schnee' })).ok).toBe(true)
  seen = (await keptMails()).length
  await welcomeCustomer(processOf(ahorn, welcomePorts()), userId)
  expect(await newMails()).toEqual([])
})

test('a forgotten password is set anew by the mailed link, and a person who is gone is mailed nothing', async () => {
  const { userId } = await register(ahorn, 'lost@example.test')
  await sendMailedLink({ tenantId: ahorn, userId, purpose: 'reset-password', eventId: 'event-4' })
  const [sent] = await newMails()
  expect((await resetPassword({ tenantId: ahorn, token: sent?.token ?? '', newPassword: 'birkenrinde im schnee' })).ok).toBe(true)
  await sendMailedLink({ tenantId: ahorn, userId: '0199a1f0-0000-7000-8000-0000000000ff', purpose: 'reset-password', eventId: 'event-5' })
  expect(await newMails()).toHaveLength(1)
})
