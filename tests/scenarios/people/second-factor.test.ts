import { decodeBase32IgnorePadding } from '@oslojs/encoding'
import { generateHOTP } from '@oslojs/otp'
import { afterEach, beforeAll, expect, test } from 'vitest'
import {
  confirmAuthenticator,
  factorState,
  removeAuthenticator,
  renewRecoveryCodes,
  resetSecondFactor,
  startAuthenticator,
} from '#app/auth/authenticator.server.ts'
import { changePassword } from '#app/auth/change-password.server.ts'
import { resetPassword } from '#app/auth/mailed-links.server.ts'
import { sessionsOf } from '#app/auth/open-sessions.server.ts'
import { takeSecondStep, waitingStep } from '#app/auth/second-step.server.ts'
import { sessionOf } from '#app/auth/session-for.server.ts'
import { endOtherSessions } from '#app/auth/sign-out.server.ts'
import { clock, fixedClock, setClock } from '#app/config/clock.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { requireSecondFactor, secondFactorRule } from '#app/services/people/second-factor-rule.server.ts'
import { mailedToken, password, register, tokenFor, trySignIn } from '#tests/integration/auth/store-people.ts'
import { asOffice } from '#tests/support/builders.ts'
import { growTenant } from '#tests/support/tree.ts'

const host = 'ahorn.localhost'
const names = { issuer: 'Ahorn Hosting', account: 'lena@example.test' }
let ahorn: string
beforeAll(async () => {
  ahorn = await growTenant('ahorn')
})
afterEach(() => setClock())
const at = (time: string) => setClock(fixedClock(`2026-10-01T${time}Z`))

/** A person who is signed in. */
async function signedIn(email: string, isKnown = false) {
  if (!isKnown) await register(ahorn, email)
  const token = await tokenFor(ahorn, host, email)
  const session = await sessionOf({ tenantId: ahorn, host, token })
  if (!session) throw new Error('no session')
  return { token, self: { tenantId: ahorn, userId: session.user.id, sessionId: session.sessionId } }
}
type Self = Awaited<ReturnType<typeof signedIn>>['self']

/** What the app of `key` shows now, or some half minutes off. */
const shown = (key: string, off = 0) =>
  generateHOTP(decodeBase32IgnorePadding(key), BigInt(Math.floor(clock.now().getTime() / 30_000) + off), 6)

async function enrolled(email: string) {
  const person = await signedIn(email)
  await startAuthenticator(person.self, password)
  const key = (await factorState(person.self, names)).waiting?.key ?? ''
  const confirmed = await confirmAuthenticator(person.self, shown(key))
  if (!confirmed.ok) throw new Error(confirmed.error)
  return { ...person, email, key, codes: confirmed.value }
}

/** Gives the right password and comes to the second step. */
async function halfWay(email: string, attempt = password): Promise<string> {
  const result = await trySignIn(ahorn, host, email, attempt)
  if (!result.ok || result.value.kind !== 'second-step') throw new Error('no second step')
  return result.value.step
}
const answer = (step: string, code: string, where = host) =>
  takeSecondStep({ tenantId: ahorn, host: where, step, code, userAgent: 'Firefox' })
const told = (userId: string) =>
  asOffice(ahorn, async ({ db }) => {
    const events = await db.outboxEvent.findMany({
      where: { name: 'user/security.changed' },
      orderBy: { id: 'asc' },
      select: { data: true },
    })
    return events.map(({ data }) => data as { userId: string; change: string }).filter((data) => data.userId === userId)
  })
const changes = async (self: Self) => (await told(self.userId)).map(({ change }) => change)

test('an app counts once a code of it was typed, and ends the other sign-ins', async () => {
  at('10:00:00')
  const { self } = await signedIn('app@example.test')
  const { token: elsewhere } = await signedIn('app@example.test', true)
  expect(await startAuthenticator(self, 'not the password')).toEqual({ ok: false, error: 'wrong-password' })
  await startAuthenticator(self, password)
  const { waiting } = await factorState(self, names)
  expect(waiting?.uri).toContain('otpauth://totp/Ahorn%20Hosting:lena%40example.test?issuer=Ahorn+Hosting')
  const key = waiting?.key ?? ''
  expect(await trySignIn(ahorn, host, 'app@example.test')).toMatchObject({ value: { kind: 'signed-in' } })

  expect(await confirmAuthenticator(self, shown(key, 2))).toEqual({ ok: false, error: 'wrong-code' })
  const codes = await confirmAuthenticator(self, shown(key))
  expect(codes.ok && codes.value.length).toBe(10)
  expect(await sessionOf({ tenantId: ahorn, host, token: elsewhere })).toBeNull()
  expect(await factorState(self, names)).toMatchObject({ codesLeft: 10, waiting: null, since: clock.now() })
  expect(await startAuthenticator(self, password)).toEqual({ ok: false, error: 'has-second-factor' })
  expect(await changes(self)).toEqual(['factor-added'])

  const rows = await asOffice(ahorn, async ({ db }) => [await db.authenticator.findMany(), await db.recoveryCode.findMany()])
  const kept = JSON.stringify(rows, (_key, value) => (typeof value === 'bigint' ? String(value) : value))
  for (const secret of [key, ...(codes.ok ? codes.value : [])]) expect(kept).not.toContain(secret)
})

test('there is no session before the second step, and a code opens one once', async () => {
  at('11:00:00')
  const { email, key, self } = await enrolled('step@example.test')
  expect((await answer(await halfWay(email), shown(key))).ok, 'the code that confirmed the app').toBe(false)

  at('11:01:00')
  const step = await halfWay(email)
  expect(await sessionOf({ tenantId: ahorn, host, token: step })).toBeNull()
  expect(await sessionsOf(self)).toHaveLength(1)
  expect(await waitingStep({ tenantId: ahorn, host, step })).toEqual({ takesCodes: true })
  expect(await answer(step, shown(key), 'shop.ahorn.example')).toEqual({ ok: false, error: 'step-over' })
  expect(await answer(step, '000000')).toEqual({ ok: false, error: 'wrong-code' })
  const both = await Promise.all([answer(step, shown(key)), answer(step, shown(key))])
  const opened = both.filter(({ ok }) => ok)
  expect(opened).toHaveLength(1)
  const session = opened[0]?.ok ? await sessionOf({ tenantId: ahorn, host, token: opened[0].value.token }) : null
  expect(session?.user.email).toBe(email)

  expect(await answer(await halfWay(email), shown(key)), 'replayed at once').toEqual({ ok: false, error: 'wrong-code' })
  expect(await answer(await halfWay(email), shown(key, -1)), 'of the half minute before').toEqual({ ok: false, error: 'wrong-code' })
  expect((await answer(await halfWay(email), shown(key, 1))).ok, 'a clock half a minute ahead').toBe(true)
})

test('a second step waits ten minutes; wrong codes run out however often the password is given', async () => {
  at('12:00:00')
  const { email, key } = await enrolled('guess@example.test')
  const step = await halfWay(email)
  at('12:10:00')
  expect(await answer(step, shown(key))).toEqual({ ok: false, error: 'step-over' })

  const answers: string[] = []
  const next = await halfWay(email)
  for (let guess = 0; guess < 20; guess += 1) {
    const result = await answer(next, `00000${guess % 10}`)
    answers.push(result.ok ? 'in' : result.error)
  }
  expect(answers).toEqual([...Array(10).fill('wrong-code'), ...Array(10).fill('too-many-attempts')])
  expect(await answer(await halfWay(email), shown(key))).toEqual({ ok: false, error: 'too-many-attempts' })
  at('12:30:00')
  expect((await answer(await halfWay(email), shown(key))).ok).toBe(true)
})

test('a recovery code lets its own person in once, and new ones end the old', async () => {
  at('13:00:00')
  const { email, codes, self, key } = await enrolled('lost@example.test')
  const other = await enrolled('other@example.test')
  const [first = '', second = ''] = codes
  expect((await answer(await halfWay(other.email), first)).ok).toBe(false)
  const both = await Promise.all([answer(await halfWay(email), first.toUpperCase()), answer(await halfWay(email), first)])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  expect((await factorState(self, names)).codesLeft).toBe(9)

  expect(await renewRecoveryCodes(self, 'neither')).toEqual({ ok: false, error: 'wrong-proof' })
  at('13:02:00')
  const renewed = await renewRecoveryCodes(self, shown(key))
  expect((await answer(await halfWay(email), second)).ok).toBe(false)
  expect((await answer(await halfWay(email), (renewed.ok && renewed.value[0]) || '')).ok).toBe(true)
  expect(await changes(self)).toEqual(['factor-added', 'code-used', 'codes-renewed', 'code-used'])
})

test('a new password keeps the second factor; a code or the password takes it away', async () => {
  at('14:00:00')
  const { email, self, userId, key } = await enrolled('keeps@example.test').then((person) => ({ ...person, userId: person.self.userId }))
  const token = await mailedToken(ahorn, userId, 'reset-password')
  await resetPassword({ tenantId: ahorn, token, newPassword: 'birkenrinde im schnee' })
  const step = await halfWay(email, 'birkenrinde im schnee')
  at('14:01:00')
  expect((await answer(step, shown(key))).ok).toBe(true)

  expect(await removeAuthenticator(self, password)).toEqual({ ok: false, error: 'wrong-proof' })
  expect((await removeAuthenticator(self, 'birkenrinde im schnee')).ok).toBe(true)
  expect(await tokenFor(ahorn, host, email, 'birkenrinde im schnee')).toMatch(/^[\w-]{43}$/)
  expect(await changes(self)).toEqual(['factor-added', 'password-changed', 'factor-removed'])
})

test('an operator takes the second factor of somebody away who lost everything', async () => {
  at('14:30:00')
  const { email, self } = await enrolled('everything@example.test')
  const reset = () => asOffice(ahorn, (ctx) => resetSecondFactor(ctx, self.userId))
  expect([await reset(), await reset()]).toEqual([true, false])
  expect(await trySignIn(ahorn, host, email)).toMatchObject({ value: { kind: 'signed-in' } })
  expect(await changes(self)).toEqual(['factor-added', 'factor-removed'])
})

test('a person says which other sign-ins end, and sees when each was last used', async () => {
  at('15:00:00')
  const { self, token } = await signedIn('devices@example.test')
  const { self: second } = await signedIn('devices@example.test', true)
  const replace = { ...self, currentPassword: password, newPassword: 'birkenrinde im schnee' }
  await changePassword({ ...replace, keepsOthers: true })
  expect(await sessionsOf(self)).toHaveLength(2)

  at('15:30:00')
  await sessionOf({ tenantId: ahorn, host, token })
  expect((await sessionsOf(self)).map(({ lastUsedAt, isThisOne }) => [lastUsedAt.toISOString().slice(11, 16), isThisOne])).toEqual(
    expect.arrayContaining([
      ['15:30', true],
      ['15:00', false],
    ]),
  )
  await endOtherSessions(self)
  expect((await sessionsOf(self)).map(({ id }) => id)).toEqual([self.sessionId])
  expect(second.sessionId).not.toBe(self.sessionId)
})

test('a seller that requires it leads staff without a second factor to one, and customers not', async () => {
  at('16:00:00')
  await register(ahorn, 'clerk@ahorn.example')
  const member = { email: 'clerk@ahorn.example', name: 'Clerk', language: 'de', profile: 'finance' } as const
  await asOffice(ahorn, (ctx) => addMember(ctx, member))
  const { self, token } = await signedIn('clerk@ahorn.example', true)
  const customer = await signedIn('buyer@example.test')
  const must = async (of: string) => (await sessionOf({ tenantId: ahorn, host, token: of }))?.mustSecure
  expect(await must(token)).toBe(false)
  await asOffice(ahorn, (ctx) => requireSecondFactor(ctx, true))
  expect([await must(token), await must(customer.token)]).toEqual([true, false])
  const before = await asOffice(ahorn, secondFactorRule)

  await startAuthenticator(self, password)
  const key = (await factorState(self, names)).waiting?.key ?? ''
  await confirmAuthenticator(self, shown(key))
  expect(await must(token)).toBe(false)
  expect(await asOffice(ahorn, secondFactorRule)).toEqual({ ...before, secured: before.secured + 1 })
  await removeAuthenticator(self, password)
  expect(await must(token)).toBe(true)
  await asOffice(ahorn, (ctx) => requireSecondFactor(ctx, false))
})
