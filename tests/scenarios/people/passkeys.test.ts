import { beforeAll, expect, test } from 'vitest'
import {
  addPasskey,
  challengeForPasskey,
  challengeForSignIn,
  ownPasskeys,
  removePasskey,
  signInByPasskey,
} from '#app/auth/passkeys.server.ts'
import { waitingStep } from '#app/auth/second-step.server.ts'
import { sessionOf } from '#app/auth/session-for.server.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { requireSecondFactor } from '#app/services/people/second-factor-rule.server.ts'
import { password, register, tokenFor, trySignIn } from '#tests/integration/auth/store-people.ts'
import { asOffice } from '#tests/support/builders.ts'
import { softPasskey } from '#tests/support/soft-passkey.ts'
import { growTenant } from '#tests/support/tree.ts'

const host = 'ahorn.localhost'
const origin = new URL(storeAddress(host)).origin
const refused = { ok: false, error: 'passkey-refused' }
let ahorn: string
let lakeside: string
beforeAll(async () => {
  ahorn = await growTenant('ahorn')
  lakeside = await growTenant('lakeside')
})

async function personWithPasskey(email: string) {
  await register(ahorn, email)
  const session = await sessionOf({ tenantId: ahorn, host, token: await tokenFor(ahorn, host, email) })
  const self = { tenantId: ahorn, userId: session?.user.id ?? '', sessionId: session?.sessionId ?? '' }
  const device = softPasskey({ host, origin })
  expect((await add(self, device, 'Laptop')).ok).toBe(true)
  return { self, device, email }
}
type Self = Parameters<typeof ownPasskeys>[0]
type Device = ReturnType<typeof softPasskey>

async function add(self: Self, device: Device, name: string) {
  const asked = await challengeForPasskey({ ...self, host, sellerName: 'Ahorn', password })
  if (!asked.ok) return asked
  const { token, options } = asked.value
  return addPasskey({ ...self, host, token, name, answer: device.make(options) })
}

const enter = (token: string, answer: string, at = { tenantId: ahorn, host }) =>
  signInByPasskey({ ...at, token, answer, userAgent: 'Firefox' })
async function enterWith(device: Device, how: Parameters<Device['answer']>[1] = {}) {
  const { token, options } = await challengeForSignIn({ tenantId: ahorn, host })
  return enter(token, device.answer(options, how))
}

test('a person keeps several passkeys by name, signs in with each, and takes one away', async () => {
  const { self, device, email } = await personWithPasskey('two@example.test')
  const phone = softPasskey({ host, origin })
  expect(await challengeForPasskey({ ...self, host, sellerName: 'Ahorn', password: 'not it' })).toEqual({
    ok: false,
    error: 'wrong-password',
  })
  expect((await add(self, phone, 'Telefon')).ok).toBe(true)
  expect(await add(self, phone, 'again'), 'the same key twice').toEqual(refused)
  expect((await ownPasskeys(self)).map(({ name }) => name)).toEqual(['Telefon', 'Laptop'])

  for (const each of [device, phone]) {
    const entered = await enterWith(each)
    const session = entered.ok ? await sessionOf({ tenantId: ahorn, host, token: entered.value.token }) : null
    expect(session?.user.email).toBe(email)
  }
  const [first] = await ownPasskeys(self)
  expect(first?.lastUsedAt).not.toBeNull()
  const stranger = await personWithPasskey('stranger@example.test')
  await removePasskey(stranger.self, first?.id ?? '')
  expect(await ownPasskeys(self)).toHaveLength(2)
  await removePasskey(self, first?.id ?? '')
  expect(await enterWith(phone)).toEqual(refused)
  expect((await enterWith(device)).ok).toBe(true)
})

test('a question is answered once, at its own host and store, from its own page, by a device that asked who is there', async () => {
  const { device } = await personWithPasskey('once@example.test')
  const { token, options } = await challengeForSignIn({ tenantId: ahorn, host })
  const answer = device.answer(options)
  expect(await enter(token, answer, { tenantId: lakeside, host: 'lakeside.localhost' })).toEqual(refused)
  expect(await enter(token, answer, { tenantId: ahorn, host: 'shop.ahorn.example' })).toEqual(refused)
  const both = await Promise.all([enter(token, answer), enter(token, answer)])
  expect(both.filter(({ ok }) => ok)).toHaveLength(1)

  expect(await enterWith(device, { from: 'http://ahorn.localhost.evil.example' })).toEqual(refused)
  expect(await enterWith(device, { isVerified: false })).toEqual(refused)
  const other = await challengeForSignIn({ tenantId: ahorn, host })
  const late = await challengeForSignIn({ tenantId: ahorn, host })
  expect(await enter(other.token, device.answer(late.options)), 'the answer to another question').toEqual(refused)
  for (const nonsense of ['', '{}', 'null', '{"id":"x"}', '[]']) {
    const asked = await challengeForSignIn({ tenantId: ahorn, host })
    expect(await enter(asked.token, nonsense)).toEqual(refused)
  }
})

test('a copied key is found by its counter', async () => {
  const { device } = await personWithPasskey('copied@example.test')
  expect((await enterWith(device, { counter: 7 })).ok).toBe(true)
  for (const counter of [7, 6, 0]) expect(await enterWith(device, { counter }), String(counter)).toEqual(refused)
  expect((await enterWith(device, { counter: 8 })).ok).toBe(true)
})

test('somebody disabled, and a key made for another person, are refused', async () => {
  const { self, device } = await personWithPasskey('gone@example.test')
  const other = await personWithPasskey('there@example.test')
  const asked = await challengeForPasskey({ ...self, host, sellerName: 'Ahorn', password })
  if (!asked.ok) throw new Error(asked.error)
  const made = softPasskey({ host, origin }).make(asked.value.options)
  expect(await addPasskey({ ...other.self, host, token: asked.value.token, name: 'stolen', answer: made })).toEqual(refused)
  await asOffice(ahorn, ({ db, now }) => db.user.updateMany({ where: { id: self.userId }, data: { disabledAt: now } }))
  expect(await enterWith(device)).toEqual(refused)
})

test('where staff must have a second factor, a passkey is one and the password alone is not', async () => {
  const { device, email } = await personWithPasskey('clerk@ahorn.example')
  await asOffice(ahorn, (ctx) => addMember(ctx, { email, name: 'Clerk', language: 'de', profile: 'finance' }))
  expect(await trySignIn(ahorn, host, email)).toMatchObject({ value: { kind: 'signed-in' } })
  await asOffice(ahorn, (ctx) => requireSecondFactor(ctx, true))
  const half = await trySignIn(ahorn, host, email)
  const step = half.ok && half.value.kind === 'second-step' ? half.value.step : ''
  expect(await waitingStep({ tenantId: ahorn, host, step })).toEqual({ takesCodes: false })
  const entered = await enterWith(device)
  const session = entered.ok ? await sessionOf({ tenantId: ahorn, host, token: entered.value.token }) : null
  expect([session?.isStaff, session?.mustSecure]).toEqual([true, false])
  await asOffice(ahorn, (ctx) => requireSecondFactor(ctx, false))
})
