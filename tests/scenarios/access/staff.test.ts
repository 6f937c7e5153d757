import { beforeAll, describe, expect, test } from 'vitest'
import { inTenant } from '#app/db/context.server.ts'
import { membershipsOf } from '#app/db/people/people.server.ts'
import { readAccessHistory } from '#app/reports/people/history.server.ts'
import { acceptInvitation, peekInvitation } from '#app/services/access/accept-invitation.server.ts'
import { changeMember, removeMember } from '#app/services/access/change-member.server.ts'
import { inviteMember, withdrawInvitation } from '#app/services/access/invite-member.server.ts'
import { removeProfile, saveProfile } from '#app/services/access/keep-profile.server.ts'
import { mailInvitation } from '#app/services/access/mail-invitation.server.ts'
import type { Manager } from '#app/services/access/manager.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { openAccountFor } from '#app/services/people/open-account-for.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { keepingMailer } from '#tests/support/deliveries.ts'
import { growTenant } from '#tests/support/tree.ts'

let tenantId: string
let olga: string
let number = 0
beforeAll(async () => {
  tenantId = await growTenant('ahorn')
  olga = await hire('olga@ahorn.example', 'owner')
})

const office = <T>(work: Parameters<typeof inTenant<T>>[1], userId?: string) =>
  inTenant(tenantId, work, userId ? { actor: { kind: 'user', userId, membershipId: userId, sessionId: userId } as never } : undefined)

async function hire(email: string, profile: string): Promise<string> {
  const added = await office((ctx) => addMember(ctx, { email, name: email, language: 'de', profile, passwordHash: 'hash' }))
  if (!added.ok) throw new Error(added.error)
  return added.value.userId
}

/** The member of staff as the office knows the person from the session. */
async function staff(userId: string): Promise<Manager> {
  const membership = (await office((ctx) => membershipsOf(ctx, userId))).find(({ accountId }) => accountId === null)
  if (!membership) throw new Error('no staff')
  const { isOwner, permissions } = membership
  return { userId, accountId: null, accountIds: null, rights: { isOwner, permissions } }
}

const houseMembership = async (userId: string) =>
  (await office(({ db }) => db.membership.findFirstOrThrow({ where: { userId, accountId: null } }))).id
const profileCalled = async (name: string) =>
  (await office(({ db }) => db.securityProfile.findFirstOrThrow({ where: { name, accountId: null } }))).id
const save = (manager: Manager, permissions: string[], { profileId = null as string | null, name = 'Night shift' } = {}) =>
  office((ctx) => saveProfile(ctx, { manager, profileId, name, permissions }), manager.userId)

async function invite(manager: Manager, profileId: string, email: string) {
  const facts = { accountId: manager.accountId, email, name: 'Nora Neu', language: 'de', profileId, projectIds: null }
  return office((ctx) => inviteMember(ctx, { manager, ...facts }), manager.userId)
}

async function mailed(invitationId: string): Promise<{ token: string; organisation: string }> {
  number += 1
  const token = `token-of-a-mail-to-staff-${number}-0123456789`
  let organisation = ''
  const compose = async (mail: { organisation: string }) => {
    organisation = mail.organisation
    return { from: { address: 'a@b.example' }, to: [], subject: '', text: '', html: '', language: 'de', attachments: [] }
  }
  await mailInvitation(processOf(tenantId, { mailer: keepingMailer().mailer, token, key: token, compose } as never), invitationId)
  return { token, organisation }
}

async function join(manager: Manager, profileId: string, email: string): Promise<string> {
  const invited = await invite(manager, profileId, email)
  if (!invited.ok) throw new Error(invited.error)
  const { token } = await mailed(invited.value.invitationId)
  const joined = await office((ctx) => acceptInvitation(ctx, { token, signedInAs: null, passwordHash: 'hash' }))
  if (!joined.ok) throw new Error(joined.error)
  return joined.value.userId
}

describe('staff', () => {
  test('are invited into the house by the seller’s name, once, and are out at the next click when removed', async () => {
    const owner = await staff(olga)
    const support = await profileCalled('support-engineer')
    const invited = await invite(owner, support, 'nora@ahorn.example')
    if (!invited.ok) throw new Error(invited.error)
    expect(await invite(owner, support, 'Nora@ahorn.example')).toEqual({ ok: false, error: 'already-invited' })
    const { token, organisation } = await mailed(invited.value.invitationId)
    expect(organisation).toBe('ahorn GmbH')
    expect(await office((ctx) => peekInvitation(ctx, token))).toMatchObject({ isHouse: true, accountName: 'ahorn GmbH', hasSignIn: false })
    const accept = () => office((ctx) => acceptInvitation(ctx, { token, signedInAs: null, passwordHash: 'hash' }))
    const joined = await accept()
    if (!joined.ok) throw new Error(joined.error)
    expect(await accept()).toEqual({ ok: false, error: 'link-invalid' })
    const { userId } = joined.value
    expect(await office((ctx) => membershipsOf(ctx, userId))).toMatchObject([
      { accountId: null, profile: 'support-engineer', isOwner: false },
    ])
    expect(await invite(owner, support, 'nora@ahorn.example')).toEqual({ ok: false, error: 'already-member' })

    const membershipId = await houseMembership(userId)
    expect((await office((ctx) => removeMember(ctx, { manager: owner, membershipId }), olga)).ok).toBe(true)
    expect(await office((ctx) => membershipsOf(ctx, userId))).toEqual([])
  })

  test('never give more than they have, and leave the ready profiles and their own membership alone', async () => {
    const owner = await staff(olga)
    const saved = await save(owner, ['staff:read', 'staff:write', 'server:read', 'ledger:wrong'])
    if (!saved.ok) throw new Error(saved.error)
    const { profileId } = saved.value
    const petra = await staff(await join(owner, profileId, 'petra@ahorn.example'))
    expect(petra.rights).toEqual({ isOwner: false, permissions: ['server:read', 'staff:read', 'staff:write'] })

    const refused = { ok: false, error: 'not-allowed' }
    expect(await save(petra, ['staff:write', 'ledger:write'], { profileId })).toEqual(refused)
    expect(await save(petra, ['ledger:read'], { name: 'Books' })).toEqual(refused)
    expect(await invite(petra, await profileCalled('owner'), 'x@ahorn.example')).toEqual(refused)
    expect(await invite(petra, await profileCalled('finance'), 'x@ahorn.example')).toEqual(refused)
    expect(await invite(petra, await profileCalled('customer-owner'), 'x@ahorn.example')).toEqual({ ok: false, error: 'profile-not-found' })
    const [own, owners] = [await houseMembership(petra.userId), await houseMembership(olga)]
    const change = { manager: petra, profileId, projectIds: null }
    expect(await office((ctx) => changeMember(ctx, { ...change, membershipId: own }))).toEqual({ ok: false, error: 'own-membership' })
    expect(await office((ctx) => changeMember(ctx, { ...change, membershipId: owners }))).toEqual(refused)
    expect(await office((ctx) => removeMember(ctx, { manager: petra, membershipId: owners }))).toEqual(refused)

    const finance = await profileCalled('finance')
    const gone = { ok: false, error: 'profile-not-found' }
    expect(await save(owner, ['ledger:read'], { profileId: finance, name: 'Finance' })).toEqual(gone)
    expect(await office((ctx) => removeProfile(ctx, { manager: owner, profileId: finance }))).toEqual(gone)
    expect(await save(owner, ['ledger:read'], { name: 'finance' })).toEqual({ ok: false, error: 'name-taken' })

    expect((await save(owner, ['server:read'], { profileId })).ok).toBe(true)
    expect((await staff(petra.userId)).rights.permissions).toEqual(['server:read'])
    expect(await office((ctx) => removeProfile(ctx, { manager: owner, profileId }))).toEqual({ ok: false, error: 'profile-in-use' })
    const history = await office((ctx) => readAccessHistory(ctx, profileId))
    expect(history.map(({ action, by, given, taken }) => ({ action, by, given, taken }))).toEqual([
      { action: 'profile.changed', by: 'olga@ahorn.example', given: [], taken: ['staff:read', 'staff:write'] },
      { action: 'profile.added', by: 'olga@ahorn.example', given: ['server:read', 'staff:read', 'staff:write'], taken: [] },
    ])
  })

  test('open an account for a customer on the telephone, who alone sets the password by a mailed link', async () => {
    const customer = {
      kind: 'business' as const,
      name: 'Karl Kunde',
      companyName: 'Kunde KG',
      email: 'karl@kunde.example',
      language: 'fr',
      country: 'AT',
      addressLines: ['Ring 1', '1010 Wien'],
    }
    const opened = await office((ctx) => openAccountFor(ctx, customer), olga)
    if (!opened.ok) throw new Error(opened.error)
    const user = await office(({ db }) => db.user.findFirstOrThrow({ where: { email: customer.email } }))
    expect(user).toMatchObject({ passwordHash: null, language: 'fr' })
    expect(await office((ctx) => membershipsOf(ctx, user.id))).toMatchObject([
      { accountId: opened.value.accountId, accountName: 'Kunde KG', isOwner: true },
    ])
    const told = await office(({ db }) => db.outboxEvent.findMany({ where: { name: 'user/registered' }, select: { data: true } }))
    expect(told).toContainEqual({ data: { tenantId, userId: user.id } })
    expect(await office((ctx) => openAccountFor(ctx, customer))).toEqual({ ok: false, error: 'already-a-customer' })
  })

  test('keep an owner, also when the last two leave at the same instant', async () => {
    const first = await office(({ db }) => db.user.findFirstOrThrow({ where: { email: 'owner@ahorn.example' } }))
    const remove = { manager: await staff(olga), membershipId: await houseMembership(first.id) }
    expect((await office((ctx) => removeMember(ctx, remove))).ok).toBe(true)
    const other = await hire('otto@ahorn.example', 'owner')
    const leave = async (userId: string) => {
      const [manager, membershipId] = [await staff(userId), await houseMembership(userId)]
      return office((ctx) => removeMember(ctx, { manager, membershipId }))
    }
    const outcomes = await Promise.all([leave(olga), leave(other)])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    const owners = await office(({ db }) => db.membership.findMany({ where: { accountId: null, securityProfile: { isOwner: true } } }))
    expect(owners).toHaveLength(1)
    olga = owners[0]?.userId ?? ''
    expect(await leave(olga)).toEqual({ ok: false, error: 'last-owner' })
  })

  test('and members of an account are apart: neither side reaches the other’s people, invitations or profiles', async () => {
    const owner = await staff(olga)
    const customer = await register(tenantId, 'kunde@kunde.example')
    const [membership] = await office((ctx) => membershipsOf(ctx, customer.userId))
    const member: Manager = {
      userId: customer.userId,
      accountId: customer.accountId,
      accountIds: [customer.accountId],
      rights: { isOwner: true, permissions: [] },
    }
    const mixed = await save(owner, ['invoice:read'], { name: 'Reading' })
    if (!mixed.ok) throw new Error(mixed.error)
    const { profileId } = mixed.value
    expect(await invite(member, profileId, 'y@kunde.example')).toEqual({ ok: false, error: 'profile-not-found' })
    const intoHouse = { accountId: null, email: 'y@kunde.example', name: 'Y', language: 'de', profileId, projectIds: null }
    expect(await office((ctx) => inviteMember(ctx, { manager: member, ...intoHouse }))).toEqual({ ok: false, error: 'account-not-found' })
    const intoAccount = { ...intoHouse, accountId: customer.accountId }
    expect(await office((ctx) => inviteMember(ctx, { manager: owner, ...intoAccount }))).toEqual({ ok: false, error: 'account-not-found' })
    expect(await office((ctx) => saveProfile(ctx, { manager: member, profileId, name: 'Mine', permissions: ['invoice:read'] }))).toEqual({
      ok: false,
      error: 'profile-not-found',
    })

    const notFound = { ok: false, error: 'member-not-found' }
    const house = await houseMembership(olga)
    expect(await office((ctx) => removeMember(ctx, { manager: member, membershipId: house }))).toEqual(notFound)
    expect(await office((ctx) => removeMember(ctx, { manager: owner, membershipId: membership?.id ?? '' }))).toEqual(notFound)
    const open = await invite(owner, profileId, 'z@ahorn.example')
    if (!open.ok) throw new Error(open.error)
    expect(await office((ctx) => withdrawInvitation(ctx, { manager: member, ...open.value }))).toEqual({
      ok: false,
      error: 'invitation-not-found',
    })
  })
})
