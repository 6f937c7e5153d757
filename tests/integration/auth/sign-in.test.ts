import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { sessionOf } from '#app/auth/session-for.server.ts'
import { signIn } from '#app/auth/sign-in.server.ts'
import { inTenant } from '#app/db/context.server.ts'
import { registerCustomer } from '#app/services/people/register-customer.server.ts'
import { growTenant } from '#tests/support/tree.ts'
import { password, register, tokenFor, trySignIn } from './store-people.ts'

let ahorn: string
let lakeside: string
beforeAll(async () => {
  ahorn = await growTenant('ahorn')
  lakeside = await growTenant('lakeside')
})

describe('one person in two stores', () => {
  test('is two users, and neither store can tell', async () => {
    const here = await register(ahorn, 'both@example.test')
    const there = await register(lakeside, 'both@example.test', { kind: 'business', companyName: 'Both KG', vatId: 'ATU13585627' })
    expect(there.userId).not.toBe(here.userId)

    expect((await trySignIn(ahorn, 'ahorn.localhost', 'both@example.test')).ok).toBe(true)
    const rows = (tenantId: string) =>
      inTenant(tenantId, ({ db }) => db.user.findMany({ where: { email: 'both@example.test' }, select: { id: true } }))
    expect(await rows(ahorn)).toEqual([{ id: here.userId }])
    expect(await rows(lakeside)).toEqual([{ id: there.userId }])
  })
})

describe('sign-up', () => {
  test('opens a private account on the public price book and asks for a confirmation mail', async () => {
    const { userId, accountId } = await register(ahorn, 'private@example.test', { vatId: 'ATU13585627' })
    const found = await inTenant(ahorn, async ({ db }) => ({
      account: await db.account.findFirst({ where: { id: accountId } }),
      contract: await db.contract.findFirst({ where: { accountId }, include: { priceBook: true } }),
      membership: await db.membership.findFirst({ where: { userId }, include: { securityProfile: true } }),
      events: await db.outboxEvent.findMany({ where: { data: { path: ['userId'], equals: userId } } }),
    }))
    expect(found.account).toMatchObject({ kind: 'personal', name: 'Lena Bauer', vatId: null, vatIdStatus: 'none' })
    expect(found.contract).toMatchObject({ priceBook: { code: 'public' }, currency: 'EUR', creditLimitMinor: 5_000n })
    expect(found.membership).toMatchObject({ accountId, securityProfile: { name: 'customer-owner' } })
    expect(found.events).toMatchObject([{ name: 'user/registered', data: { tenantId: ahorn, userId } }])
  })

  test('opens a company under its own name with its VAT id', async () => {
    const { accountId } = await register(ahorn, 'company@example.test', {
      kind: 'business',
      companyName: 'Linde e.U.',
      vatId: 'atu 13585627',
    })
    const account = await inTenant(ahorn, ({ db }) => db.account.findFirst({ where: { id: accountId } }))
    expect(account).toMatchObject({ kind: 'business', name: 'Linde e.U.', vatId: 'ATU13585627', vatIdStatus: 'valid' })
  })

  test('with an address the store knows opens nothing and mails its holder', async () => {
    const { userId } = await register(ahorn, 'known@example.test')
    const before = await inTenant(ahorn, ({ db }) => db.account.count())
    const facts = { kind: 'personal', name: 'Mallory', passwordHash: 'x', language: 'de', country: 'AT', addressLines: [] } as const
    const again = await inTenant(ahorn, (ctx) => registerCustomer(ctx, { ...facts, email: 'KNOWN@example.test ' }))
    expect(again).toEqual({ ok: true, value: { isNew: false } })
    expect(await inTenant(ahorn, ({ db }) => db.account.count())).toBe(before)
    const events = await inTenant(ahorn, ({ db }) =>
      db.outboxEvent.findMany({ where: { data: { path: ['userId'], equals: userId } }, orderBy: { id: 'asc' } }),
    )
    expect(events.map(({ name }) => name)).toEqual(['user/registered', 'user/reset.requested'])
  })
})

describe('sign-in', () => {
  test('answers alike for an unknown address, a wrong password and an invited person without one', async () => {
    await register(ahorn, 'alike@example.test')
    const refused = { ok: false, error: 'wrong-credentials' }
    expect(await trySignIn(ahorn, 'ahorn.localhost', 'alike@example.test', 'wrong password')).toEqual(refused)
    expect(await trySignIn(ahorn, 'ahorn.localhost', 'nobody@example.test', 'wrong password')).toEqual(refused)
    expect(await trySignIn(ahorn, 'ahorn.localhost', 'owner@ahorn.example', '')).toEqual(refused)
  })

  test('does the same work for an unknown address as for a known one', async () => {
    await register(ahorn, 'timing@example.test')
    const known: number[] = []
    const unknown: number[] = []
    for (let round = 0; round < 9; round += 1) {
      known.push(await timed(() => trySignIn(ahorn, 'ahorn.localhost', 'timing@example.test', 'wrong password')))
      unknown.push(await timed(() => trySignIn(ahorn, 'ahorn.localhost', `${randomUUID()}@example.test`, 'wrong password')))
    }
    // The quickest of each: without the password check an unknown address would take a tenth.
    const ratio = Math.min(...unknown) / Math.min(...known)
    expect(ratio).toBeGreaterThan(0.5)
    expect(ratio).toBeLessThan(2)
  })

  test('is blocked after ten attempts for one person, the right password included, and not in another store', async () => {
    await register(ahorn, 'guessed@example.test')
    await register(lakeside, 'guessed@example.test')
    const answers: string[] = []
    for (let attempt = 0; attempt < 12; attempt += 1) {
      const result = await trySignIn(ahorn, 'ahorn.localhost', 'guessed@example.test', 'wrong password')
      answers.push(result.ok ? 'in' : result.error)
    }
    expect(answers).toEqual([...Array(10).fill('wrong-credentials'), 'too-many-attempts', 'too-many-attempts'])
    expect(await trySignIn(ahorn, 'ahorn.localhost', 'guessed@example.test')).toEqual({ ok: false, error: 'too-many-attempts' })
    expect((await trySignIn(lakeside, 'lakeside.localhost', 'guessed@example.test')).ok).toBe(true)
  })

  test('is blocked after sixty failures from one network address, whoever they were for', async () => {
    const spray = (email: string) =>
      signIn({ tenantId: lakeside, host: 'lakeside.localhost', email, password: 'wrong password', address: '192.0.2.7', userAgent: null })
    const results = await Promise.all(Array.from({ length: 70 }, (_, index) => spray(`person-${index}@example.test`)))
    expect(results.filter((result) => !result.ok && result.error === 'too-many-attempts').length).toBe(10)
  })

  test('leaves a trace with the person as its author', async () => {
    const { userId } = await register(ahorn, 'trace@example.test')
    await trySignIn(ahorn, 'ahorn.localhost', 'trace@example.test')
    const traces = await inTenant(ahorn, ({ db }) => db.auditEntry.findMany({ where: { subjectId: userId, action: 'user.signed-in' } }))
    expect(traces).toMatchObject([{ actor: { kind: 'user', userId } }])
  })

  test('with an outdated hash makes a new one of the same password', async () => {
    const outdated = '$argon2id$v=19$m=8,t=1,p=1$'
    const { hash } = await import('@node-rs/argon2')
    const passwordHash = await hash(password, { algorithm: 2, memoryCost: 8, timeCost: 1, parallelism: 1 })
    expect(passwordHash.startsWith(outdated)).toBe(true)
    const { userId } = await register(ahorn, 'outdated@example.test', { passwordHash })
    const token = await tokenFor(ahorn, 'ahorn.localhost', 'outdated@example.test')
    expect((await sessionOf({ tenantId: ahorn, host: 'ahorn.localhost', token }))?.user.id).toBe(userId)
    const user = await inTenant(ahorn, ({ db }) => db.user.findFirst({ where: { id: userId }, select: { passwordHash: true } }))
    expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  })
})

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
