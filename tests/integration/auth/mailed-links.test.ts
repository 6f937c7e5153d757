import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { acceptInvite, confirmEmail, isLinkGood, requestConfirmation, requestReset, resetPassword } from '#app/auth/mailed-links.server.ts'
import { sessionOf } from '#app/auth/session-for.server.ts'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { growTenant } from '#tests/support/tree.ts'
import { mailedToken, register, tokenFor, trySignIn } from './store-people.ts'

const host = 'ahorn.localhost'
let ahorn: string
let lakeside: string
beforeAll(async () => {
  ahorn = await growTenant('ahorn')
  lakeside = await growTenant('lakeside')
})
afterEach(() => setClock())

describe('a confirmation link', () => {
  test('works once, whoever clicks at the same time', async () => {
    const { userId } = await register(ahorn, 'one@example.test')
    const token = await mailedToken(ahorn, userId, 'confirm-email')
    const clicks = await Promise.all(Array.from({ length: 8 }, () => confirmEmail({ tenantId: ahorn, token })))
    expect(clicks.filter(({ ok }) => ok)).toEqual([{ ok: true, value: { userId } }])
    const session = await sessionOf({ tenantId: ahorn, host, token: await tokenFor(ahorn, host, 'one@example.test') })
    expect(session?.user.isEmailConfirmed).toBe(true)
  })

  test('works for 24 hours, in its own store, and for nothing else', async () => {
    setClock(fixedClock('2026-10-01T00:00:00Z'))
    const { userId } = await register(ahorn, 'two@example.test')
    const token = await mailedToken(ahorn, userId, 'confirm-email')
    const refused = { ok: false, error: 'link-invalid' }
    expect(await confirmEmail({ tenantId: lakeside, token })).toEqual(refused)
    expect(await resetPassword({ tenantId: ahorn, token, newPassword: 'birkenrinde im schnee' })).toEqual(refused)
    expect(await confirmEmail({ tenantId: ahorn, token: '' })).toEqual(refused)
    setClock(fixedClock('2026-10-02T00:00:00Z'))
    expect(await confirmEmail({ tenantId: ahorn, token })).toEqual(refused)
    setClock(fixedClock('2026-10-01T23:59:59Z'))
    expect((await confirmEmail({ tenantId: ahorn, token })).ok).toBe(true)
  })

  test('is not stored as it was mailed', async () => {
    const { userId } = await register(ahorn, 'three@example.test')
    const token = await mailedToken(ahorn, userId, 'confirm-email')
    const rows = await inTenant(ahorn, ({ db }) => db.oneTimeToken.findMany({ where: { userId } }))
    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(rows[0]?.tokenHash).toMatch(/^[0-9a-f]{64}$/)
  })
})

describe('a reset', () => {
  test('is asked for with the same answer, whether the store knows the address or not', async () => {
    const { userId } = await register(ahorn, 'four@example.test')
    expect(await requestReset({ tenantId: ahorn, email: 'FOUR@example.test' })).toBeUndefined()
    expect(await requestReset({ tenantId: ahorn, email: 'nobody@example.test' })).toBeUndefined()
    const resets = await inTenant(ahorn, ({ db }) => db.outboxEvent.findMany({ where: { name: 'user/reset.requested' } }))
    expect(resets.map(({ data }) => data)).toEqual([{ tenantId: ahorn, userId }])
  })

  test('is mailed at most five times an hour to one address', async () => {
    const { userId } = await register(ahorn, 'five@example.test')
    for (let click = 0; click < 9; click += 1) await requestReset({ tenantId: ahorn, email: 'five@example.test' })
    for (let click = 0; click < 9; click += 1) await requestConfirmation({ tenantId: ahorn, userId })
    const events = await inTenant(ahorn, ({ db }) => db.outboxEvent.findMany({ where: { data: { path: ['userId'], equals: userId } } }))
    expect(events.map(({ name }) => name).sort()).toEqual([...Array(6).fill('user/registered'), ...Array(5).fill('user/reset.requested')])
  })

  test('sets a new password once, ends every session and every other reset link', async () => {
    const { userId } = await register(ahorn, 'six@example.test')
    const session = await tokenFor(ahorn, host, 'six@example.test')
    const [token, other] = [await mailedToken(ahorn, userId, 'reset-password'), await mailedToken(ahorn, userId, 'reset-password')]
    const reset = (newPassword: string, link = token) => resetPassword({ tenantId: ahorn, token: link, newPassword })

    expect(await reset('short')).toEqual({ ok: false, error: 'password-too-short' })
    expect(await isLinkGood({ tenantId: ahorn, token, purpose: 'reset-password' })).toBe(true)
    const both = await Promise.all([reset('birkenrinde im schnee'), reset('birkenrinde im schnee')])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await isLinkGood({ tenantId: ahorn, token, purpose: 'reset-password' })).toBe(false)
    expect(await reset('noch ein kennwort hier', other)).toEqual({ ok: false, error: 'link-invalid' })

    expect(await sessionOf({ tenantId: ahorn, host, token: session })).toBeNull()
    expect((await trySignIn(ahorn, host, 'six@example.test')).ok).toBe(false)
    expect((await trySignIn(ahorn, host, 'six@example.test', 'birkenrinde im schnee')).ok).toBe(true)
  })

  test('link works for one hour', async () => {
    setClock(fixedClock('2026-10-01T00:00:00Z'))
    const { userId } = await register(ahorn, 'seven@example.test')
    const token = await mailedToken(ahorn, userId, 'reset-password')
    setClock(fixedClock('2026-10-01T01:00:00Z'))
    expect(await resetPassword({ tenantId: ahorn, token, newPassword: 'birkenrinde im schnee' })).toEqual({
      ok: false,
      error: 'link-invalid',
    })
  })
})

describe('an invite', () => {
  test('sets the first password, once, and confirms the address', async () => {
    const added = await inTenant(ahorn, (ctx) =>
      addMember(ctx, { email: 'sales@ahorn.example', name: 'Sam Sales', language: 'de', profile: 'owner' }),
    )
    const userId = added.ok ? added.value.userId : ''
    const token = await mailedToken(ahorn, userId, 'invite')
    expect(await acceptInvite({ tenantId: ahorn, token, newPassword: 'sales@ahorn.example' })).toEqual({
      ok: false,
      error: 'password-too-common',
    })
    expect((await acceptInvite({ tenantId: ahorn, token, newPassword: 'birkenrinde im schnee' })).ok).toBe(true)
    expect((await acceptInvite({ tenantId: ahorn, token, newPassword: 'birkenrinde im schnee' })).ok).toBe(false)
    const session = await sessionOf({
      tenantId: ahorn,
      host,
      token: await tokenFor(ahorn, host, 'sales@ahorn.example', 'birkenrinde im schnee'),
    })
    expect(session).toMatchObject({ isStaff: true, user: { isEmailConfirmed: true } })
  })
})
