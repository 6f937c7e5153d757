import { beforeAll, describe, expect, test } from 'vitest'
import { openDirectorySession } from '#app/auth/directory-sign-in.server.ts'
import { sessionOf } from '#app/auth/session-for.server.ts'
import { saveProviderState } from '#app/db/people/identity-providers.server.ts'
import { type DirectorySignIn, signInFromDirectory } from '#app/services/access/sign-in-from-directory.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { register, tokenFor } from '#tests/integration/auth/store-people.ts'
import { asOffice } from '#tests/support/builders.ts'
import { connectDirectory } from '#tests/support/directories.ts'
import { growTenant } from '#tests/support/tree.ts'

const host = 'ahorn.localhost'
let ahorn: string
let lakeside: string
let staff: string
let customers: string
let accountId: string
beforeAll(async () => {
  ahorn = await growTenant('ahorn')
  lakeside = await growTenant('lakeside')
  const groups = [
    { groupName: 'Finance', profile: 'finance' },
    { groupName: 'Support', profile: 'support-engineer' },
  ]
  staff = await connectDirectory(ahorn, { groups })
  await register(ahorn, 'acme@customer.example')
  const account = await asOffice(ahorn, ({ db }) => db.account.findFirstOrThrow({ where: { email: 'acme@customer.example' } }))
  accountId = account.id
  const buyers = [{ groupName: 'Buyers', profile: 'customer-member', accountId }]
  const keeps = { audience: 'customers', withoutGroup: 'keep', emailDomains: ['customer.example'] } as const
  customers = await connectDirectory(ahorn, { ...keeps, groups: buyers })
})

type Said = { email?: string | null; groups?: string[]; isEmailVerified?: boolean | null; providerId?: string; provenUserId?: string }
const say = (subject: string, said: Said = {}, tenantId = ahorn): Promise<DirectorySignIn> =>
  asOffice(tenantId, (ctx) =>
    signInFromDirectory(ctx, {
      providerId: staff,
      subject,
      email: `${subject}@ahorn.example`,
      isEmailVerified: null,
      name: 'Ada',
      groups: [],
      language: 'de',
      ...said,
    }),
  )
const enter = async (subject: string, said: Said = {}) => {
  const found = await say(subject, said)
  if (found.kind !== 'signed-in') throw new Error(JSON.stringify(found))
  const from = { providerId: said.providerId ?? staff, providerSession: `s-${subject}`, logoutHint: 'token' }
  const opened = await openDirectorySession({ tenantId: ahorn, host, userAgent: null, ...found, from })
  return { ...found, token: opened.kind === 'signed-in' ? opened.token : '' }
}
const profilesOf = async (token: string) => (await sessionOf({ tenantId: ahorn, host, token }))?.memberships.map(({ profile }) => profile)

describe('staff', () => {
  test('the first sign-in makes a member with the profile of the first group that fits', async () => {
    const { token } = await enter('ada', { groups: ['Support', 'Finance', 'Anything'] })
    expect(await profilesOf(token)).toEqual(['finance'])
    const session = await sessionOf({ tenantId: ahorn, host, token })
    expect(session).toMatchObject({ isStaff: true, user: { email: 'ada@ahorn.example', isEmailConfirmed: true } })
  })

  test('another group gives another profile, and without one the next sign-in is refused and the open session over', async () => {
    const first = await enter('berta', { groups: ['Finance'] })
    const second = await enter('berta', { groups: ['Support'] })
    expect(second.userId).toBe(first.userId)
    expect(await profilesOf(first.token)).toEqual(['support-engineer'])
    expect(await say('berta')).toEqual({ kind: 'refused', reason: 'no-group' })
    expect(await sessionOf({ tenantId: ahorn, host, token: second.token })).toBeNull()
    const left = await asOffice(ahorn, ({ db }) => db.membership.count({ where: { userId: first.userId } }))
    expect(left).toBe(0)
  })

  test('what a person gave stays, and what the directory gave counts through it alone', async () => {
    await register(ahorn, 'carl@ahorn.example')
    const { token, userId } = await enter('carl', { groups: ['Finance'] })
    expect(await profilesOf(token)).toEqual(['finance', 'customer-owner'])
    expect(await profilesOf(await tokenFor(ahorn, host, 'carl@ahorn.example'))).toEqual(['customer-owner'])
    await say('carl')
    const kept = await asOffice(ahorn, ({ db }) => db.membership.findMany({ where: { userId } }))
    expect(kept).toMatchObject([{ givenByProviderId: null }])
  })

  test('who has the address of another domain shows the password first, and an owner always', async () => {
    await register(ahorn, 'dora@elsewhere.example')
    const dora = { email: 'dora@elsewhere.example', isEmailVerified: true, groups: ['Support'] }
    const asked = await say('dora', dora)
    expect(asked).toMatchObject({ kind: 'prove', email: 'dora@elsewhere.example' })
    expect(await say('dora', dora), 'nothing was tied').toEqual(asked)
    const provenUserId = asked.kind === 'prove' ? asked.userId : ''
    expect(await say('dora', { ...dora, provenUserId })).toMatchObject({ kind: 'signed-in', userId: provenUserId })
    expect(await say('dora', dora)).toMatchObject({ kind: 'signed-in', userId: provenUserId })

    const boss = { email: 'boss@ahorn.example', name: 'Boss', language: 'de', profile: 'owner' }
    await asOffice(ahorn, (ctx) => addMember(ctx, boss))
    expect(await say('boss', { groups: ['Support'] })).toMatchObject({ kind: 'prove' })
  })

  test('an address that passes to somebody new does not pass the person on', async () => {
    await enter('emil', { groups: ['Support'] })
    expect(await say('emil-the-second', { email: 'emil@ahorn.example', groups: ['Support'] })).toEqual({
      kind: 'refused',
      reason: 'other-identity',
    })
  })

  test('who is blocked here stays out, and so does everybody of a directory that is off', async () => {
    const { userId, token } = await enter('fritz', { groups: ['Support'] })
    await asOffice(ahorn, ({ db, now }) => db.user.updateMany({ where: { id: userId }, data: { disabledAt: now } }))
    expect(await say('fritz', { groups: ['Support'] })).toEqual({ kind: 'refused', reason: 'person-closed' })
    expect(await sessionOf({ tenantId: ahorn, host, token })).toBeNull()
    await asOffice(ahorn, (ctx) => saveProviderState(ctx, staff, 'off'))
    expect(await say('gerd', { groups: ['Support'] })).toEqual({ kind: 'refused', reason: 'provider-off' })
    await asOffice(ahorn, (ctx) => saveProviderState(ctx, staff, 'active'))
  })

  test('the directory of one seller opens nothing at another', async () => {
    expect(await say('heidi', { groups: ['Support'] }, lakeside)).toEqual({ kind: 'refused', reason: 'provider-off' })
  })
})

describe('customers', () => {
  const of = (groups: string[], email: string) => ({ providerId: '', email, groups })
  const at = (said: ReturnType<typeof of>) => ({ ...said, providerId: customers })

  test('a group gives a place in an account, and never more than the account', async () => {
    const { token } = await enter('ida', at(of(['Buyers'], 'ida@customer.example')))
    const session = await sessionOf({ tenantId: ahorn, host, token })
    expect(session).toMatchObject({ isStaff: false, memberships: [{ accountId, profile: 'customer-member' }] })
  })

  test('a buyer without a group keeps what was there, and a stranger without one has no way in', async () => {
    const { token } = await enter('acme', at(of([], 'acme@customer.example')))
    expect(await profilesOf(token)).toEqual(['customer-owner'])
    expect(await say('stranger', at(of([], 'stranger@customer.example')))).toEqual({ kind: 'refused', reason: 'no-access' })
  })

  test('a directory of customers leads to no member of staff', async () => {
    const person = { email: 'karl@customer.example', name: 'Karl', language: 'de', profile: 'finance' }
    await asOffice(ahorn, (ctx) => addMember(ctx, person))
    expect(await say('karl', at(of(['Buyers'], 'karl@customer.example')))).toEqual({ kind: 'refused', reason: 'not-for-staff' })
  })
})
