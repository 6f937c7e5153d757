import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { changePassword } from '#app/auth/change-password.server.ts'
import { blankSessionCookie, sessionCookie } from '#app/auth/cookie.server.ts'
import { sessionsOf } from '#app/auth/open-sessions.server.ts'
import { sessionFor, sessionOf } from '#app/auth/session-for.server.ts'
import { endSession, signOut, signOutEverywhere } from '#app/auth/sign-out.server.ts'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { addAccount } from '#app/services/accounts/add-account.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { growTenant } from '#tests/support/tree.ts'
import { password, register, tokenFor, trySignIn } from './store-people.ts'

let ahorn: string
let lakeside: string
const at = { ahorn: 'ahorn.localhost', lakeside: 'lakeside.localhost' }

beforeAll(async () => {
  ahorn = await growTenant('ahorn')
  lakeside = await growTenant('lakeside')
})
afterEach(() => setClock())

const requestTo = (url: string, cookie: string) => new Request(url, { headers: { cookie } })

describe('a session', () => {
  test('knows the person, the account and what the membership permits', async () => {
    const { userId, accountId } = await register(ahorn, 'lena@example.test')
    const token = await tokenFor(ahorn, at.ahorn, 'Lena@Example.test')
    const session = await sessionOf({ tenantId: ahorn, host: at.ahorn, token })
    expect(session).toMatchObject({
      user: { id: userId, email: 'lena@example.test', name: 'Lena Bauer', language: 'de', isEmailConfirmed: false },
      memberships: [{ accountId, accountName: 'Lena Bauer', accountIds: [accountId], profile: 'customer-owner' }],
      isStaff: false,
    })
  })

  test('of store A at store B is a visitor, at the host of A and at its own', async () => {
    await register(ahorn, 'two@example.test')
    const token = await tokenFor(ahorn, at.ahorn, 'two@example.test')
    expect(await sessionOf({ tenantId: lakeside, host: at.lakeside, token })).toBeNull()
    expect(await sessionOf({ tenantId: lakeside, host: at.ahorn, token })).toBeNull()
    expect(await sessionOf({ tenantId: ahorn, host: 'shop.ahorn.example', token })).toBeNull()
    expect(await sessionOf({ tenantId: ahorn, host: at.ahorn, token })).not.toBeNull()
  })

  test('stores only the hash of its token, which is 256 random bits and new at each sign-in', async () => {
    await register(ahorn, 'three@example.test')
    const first = await tokenFor(ahorn, at.ahorn, 'three@example.test')
    const second = await tokenFor(ahorn, at.ahorn, 'three@example.test')
    expect(first).toMatch(/^[\w-]{43}$/)
    expect(second).not.toBe(first)
    const rows = await inTenant(ahorn, ({ db }) => db.session.findMany({ select: { id: true } }))
    expect(rows.every(({ id }) => /^[0-9a-f]{64}$/.test(id))).toBe(true)
    for (const id of rows) expect(await sessionOf({ tenantId: ahorn, host: at.ahorn, token: id.id })).toBeNull()
  })

  test('ends on the server at sign-out', async () => {
    await register(ahorn, 'four@example.test')
    const token = await tokenFor(ahorn, at.ahorn, 'four@example.test')
    await signOut({ tenantId: ahorn, token })
    expect(await sessionOf({ tenantId: ahorn, host: at.ahorn, token })).toBeNull()
  })

  test('ends everywhere when asked, and others keep theirs', async () => {
    const { userId } = await register(ahorn, 'five@example.test')
    await register(ahorn, 'other@example.test')
    const tokens = [await tokenFor(ahorn, at.ahorn, 'five@example.test'), await tokenFor(ahorn, at.ahorn, 'five@example.test')]
    const other = await tokenFor(ahorn, at.ahorn, 'other@example.test')
    await signOutEverywhere({ tenantId: ahorn, userId })
    for (const token of tokens) expect(await sessionOf({ tenantId: ahorn, host: at.ahorn, token })).toBeNull()
    expect(await sessionOf({ tenantId: ahorn, host: at.ahorn, token: other })).not.toBeNull()
  })

  test('ends for all other browsers when the password changes, and the old password with them', async () => {
    const { userId } = await register(ahorn, 'six@example.test')
    const here = await tokenFor(ahorn, at.ahorn, 'six@example.test')
    const elsewhere = await tokenFor(ahorn, at.ahorn, 'six@example.test')
    const session = await sessionOf({ tenantId: ahorn, host: at.ahorn, token: here })
    const change = { tenantId: ahorn, userId, sessionId: session?.sessionId ?? '', newPassword: 'birkenrinde im schnee' }

    expect(await changePassword({ ...change, currentPassword: 'not the password' })).toEqual({ ok: false, error: 'wrong-password' })
    expect(await changePassword({ ...change, currentPassword: password, newPassword: 'password1' })).toEqual({
      ok: false,
      error: 'password-too-common',
    })
    expect(await changePassword({ ...change, currentPassword: password })).toEqual({ ok: true, value: null })
    expect(await sessionOf({ tenantId: ahorn, host: at.ahorn, token: here })).not.toBeNull()
    expect(await sessionOf({ tenantId: ahorn, host: at.ahorn, token: elsewhere })).toBeNull()
    expect((await trySignIn(ahorn, at.ahorn, 'six@example.test')).ok).toBe(false)
    expect((await trySignIn(ahorn, at.ahorn, 'six@example.test', 'birkenrinde im schnee')).ok).toBe(true)
  })

  test('ends when the person is disabled', async () => {
    const { userId } = await register(ahorn, 'seven@example.test')
    const token = await tokenFor(ahorn, at.ahorn, 'seven@example.test')
    await inTenant(ahorn, ({ db, now }) => db.user.updateMany({ where: { id: userId }, data: { disabledAt: now } }))
    expect(await sessionOf({ tenantId: ahorn, host: at.ahorn, token })).toBeNull()
    expect(await trySignIn(ahorn, at.ahorn, 'seven@example.test')).toEqual({ ok: false, error: 'wrong-credentials' })
  })

  test('lasts 30 days past its last use', async () => {
    await register(ahorn, 'eight@example.test')
    setClock(fixedClock('2026-10-01T00:00:00Z'))
    const token = await tokenFor(ahorn, at.ahorn, 'eight@example.test')
    const isAlive = async (instant: string) => {
      setClock(fixedClock(instant))
      return (await sessionOf({ tenantId: ahorn, host: at.ahorn, token })) !== null
    }
    expect(await isAlive('2026-10-30T00:00:00Z')).toBe(true)
    expect(await isAlive('2026-11-28T00:00:00Z')).toBe(true)
    expect(await isAlive('2026-12-29T00:00:00Z')).toBe(false)
  })

  test('loses a removed right at the next request', async () => {
    const { userId } = await register(ahorn, 'clerk@example.test')
    await inTenant(ahorn, (ctx) => addMember(ctx, { email: 'clerk@example.test', name: '', language: 'de', profile: 'owner' }))
    const token = await tokenFor(ahorn, at.ahorn, 'clerk@example.test')
    expect(await sessionOf({ tenantId: ahorn, host: at.ahorn, token })).toMatchObject({ isStaff: true })
    await inTenant(ahorn, ({ db }) => db.membership.deleteMany({ where: { userId, accountId: null } }))
    expect(await sessionOf({ tenantId: ahorn, host: at.ahorn, token })).toMatchObject({ isStaff: false })
  })

  test('is listed with its browser and can be ended alone, but not by another person', async () => {
    const one = await register(ahorn, 'nine@example.test')
    const two = await register(ahorn, 'ten@example.test')
    await trySignIn(ahorn, at.ahorn, 'nine@example.test', password, 'Safari')
    const token = await tokenFor(ahorn, at.ahorn, 'nine@example.test')
    const sessionId = (await sessionOf({ tenantId: ahorn, host: at.ahorn, token }))?.sessionId ?? ''
    const listed = await sessionsOf({ tenantId: ahorn, userId: one.userId, sessionId })
    expect(listed.map(({ userAgent, isThisOne }) => [userAgent, isThisOne])).toEqual([
      ['Firefox', true],
      ['Safari', false],
    ])

    await endSession({ tenantId: ahorn, userId: two.userId, sessionId })
    expect(await sessionOf({ tenantId: ahorn, host: at.ahorn, token })).not.toBeNull()
    await endSession({ tenantId: ahorn, userId: one.userId, sessionId })
    expect(await sessionOf({ tenantId: ahorn, host: at.ahorn, token })).toBeNull()
  })
})

describe('the memberships of a session', () => {
  test('hold an enterprise with its departments, and a department alone', async () => {
    const open = (input: object) =>
      inTenant(ahorn, async (ctx) => {
        const facts = {
          kind: 'enterprise',
          name: 'Hanse AG',
          email: 'it@hanse.example',
          language: 'de',
          country: 'DE',
          addressLines: [],
        } as const
        const added = await addAccount(ctx, { ...facts, ...input })
        return added.ok ? added.value.accountId : ''
      })
    const enterprise = await open({})
    const research = await open({ name: 'R&D', parentAccountId: enterprise })
    const { userId } = await register(ahorn, 'admin@hanse.example')
    const join = (accountId: string) =>
      inTenant(ahorn, (ctx) =>
        addMember(ctx, { email: 'admin@hanse.example', name: '', language: 'de', accountId, profile: 'customer-owner' }),
      )
    await join(enterprise)
    await join(research)

    const token = await tokenFor(ahorn, at.ahorn, 'admin@hanse.example')
    const session = await sessionOf({ tenantId: ahorn, host: at.ahorn, token })
    expect(session?.user.id).toBe(userId)
    expect(session?.memberships.map(({ accountName, accountIds }) => [accountName, accountIds])).toEqual([
      ['Hanse AG', [enterprise, research]],
      ['Lena Bauer', [expect.any(String)]],
      ['R&D', [research]],
    ])
  })
})

describe('the cookie', () => {
  test('on https is pinned to the host', () => {
    const cookie = sessionCookie(new Request('https://ahorn.example/'), 'abc')
    expect(cookie).toContain('__Host-livery=abc')
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie).toContain(part)
    expect(cookie).not.toMatch(/domain/i)
  })

  test('on plain http does without the prefix and Secure, never with a domain', () => {
    const cookie = sessionCookie(new Request('http://ahorn.localhost:4000/'), 'abc')
    expect(cookie).toMatch(/^livery=abc;/)
    expect(cookie).not.toMatch(/domain|secure/i)
    expect(blankSessionCookie(new Request('http://ahorn.localhost/'))).toMatch(/^livery=;.*Max-Age=0/)
  })

  test('of plain http is no sign-in on https', async () => {
    await register(ahorn, 'eleven@example.test')
    const token = await tokenFor(ahorn, at.ahorn, 'eleven@example.test')
    const store = { tenantId: ahorn, host: at.ahorn }
    expect(await sessionFor(requestTo('http://ahorn.localhost:4000/', `livery=${token}`), store)).not.toBeNull()
    expect(await sessionFor(requestTo('https://ahorn.localhost/', `livery=${token}`), store)).toBeNull()
    expect(await sessionFor(requestTo('https://ahorn.localhost/', `__Host-livery=${token}`), store)).not.toBeNull()
    expect(await sessionFor(requestTo('https://ahorn.localhost/', ''), store)).toBeNull()
    expect(await sessionFor(requestTo('https://ahorn.localhost/', "__Host-livery=' or 1=1"), store)).toBeNull()
  })
})
