import { v7 } from 'uuid'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { clock, fixedClock, setClock } from '#app/config/clock.server.ts'
import { inPanel, inTenant } from '#app/db/context.server.ts'
import { hashOfToken } from '#app/db/people/one-time-tokens.server.ts'
import { membershipsOf } from '#app/db/people/people.server.ts'
import { money } from '#app/domain/money/money.ts'
import { acceptInvitation, peekInvitation } from '#app/services/access/accept-invitation.server.ts'
import { changeMember, removeMember } from '#app/services/access/change-member.server.ts'
import { inviteAgain, inviteMember } from '#app/services/access/invite-member.server.ts'
import { removeProfile, saveProfile } from '#app/services/access/keep-profile.server.ts'
import { mailInvitation } from '#app/services/access/mail-invitation.server.ts'
import type { Manager } from '#app/services/access/manager.ts'
import { addBudget } from '#app/services/budgets/keep-budget.server.ts'
import { addProject } from '#app/services/projects/keep-project.server.ts'
import { placeResource } from '#app/services/projects/place-resource.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { register } from '#tests/integration/auth/store-people.ts'
import { buildAccount, buildCharges, buildContract, buildPriceBook } from '#tests/support/builders.ts'
import { keepingMailer } from '#tests/support/deliveries.ts'
import { buildCloud, buildServer } from '#tests/support/suspendable.ts'
import { growTenant } from '#tests/support/tree.ts'

let tenantId: string
let owner: { userId: string; accountId: string }
let number = 0
beforeAll(async () => {
  tenantId = await growTenant('ahorn')
  owner = await register(tenantId, 'owner@kunde.example')
})
afterEach(() => setClock())

const office = <T>(work: Parameters<typeof inTenant<T>>[1]) => inTenant(tenantId, work)
const profile = (name: string) =>
  office(({ db }) => db.securityProfile.findFirstOrThrow({ where: { name, accountId: null }, select: { id: true } }))

/** Who looks after people, as the panel knows the person from the session. */
async function managerOf(userId: string): Promise<Manager> {
  const [membership] = await office((ctx) => membershipsOf(ctx, userId))
  if (!membership?.accountId) throw new Error('no member')
  const { accountId, accountIds, isOwner, permissions } = membership
  return { userId, accountId, accountIds, rights: { isOwner, permissions } }
}

const anna = { email: 'anna@kunde.example', name: 'Anna Koch', language: 'de' }
async function invite(manager: Manager, facts: { email?: string; accountId?: string; profileId: string; projectIds?: string[] | null }) {
  return office((ctx) => inviteMember(ctx, { manager, accountId: manager.accountId, ...anna, projectIds: null, ...facts }))
}

/** The token of the mail that an invitation leads to. */
async function mailed(invitationId: string): Promise<string> {
  number += 1
  const token = `token-of-a-mail-${number}-of-this-test-0123456789`
  const { mailer } = keepingMailer()
  const compose = async ({ to }: { to: { name: string; address: string } }) => ({
    from: to,
    to: [to],
    subject: 'Invitation',
    text: '',
    html: '',
    language: 'de',
    attachments: [],
  })
  await mailInvitation(processOf(tenantId, { mailer, token, key: token, compose } as never), invitationId)
  return token
}

async function join(facts: Parameters<typeof invite>[1], manager?: Manager): Promise<string> {
  const invited = await invite(manager ?? (await managerOf(owner.userId)), facts)
  if (!invited.ok) throw new Error(invited.error)
  const token = await mailed(invited.value.invitationId)
  const joined = await office((ctx) => acceptInvitation(ctx, { token, signedInAs: null, passwordHash: 'hash' }))
  if (!joined.ok) throw new Error(joined.error)
  return joined.value.userId
}

describe('an invitation', () => {
  test('works once, for the person whose mail it is, and for seven days', async () => {
    const manager = await managerOf(owner.userId)
    const { id: profileId } = await profile('customer-billing')
    const invited = await invite(manager, { profileId })
    if (!invited.ok) throw new Error(invited.error)
    expect(await invite(manager, { profileId })).toEqual({ ok: false, error: 'already-invited' })
    const { invitationId } = invited.value
    const first = await mailed(invitationId)
    await office((ctx) => inviteAgain(ctx, { manager, invitationId }))
    const token = await mailed(invitationId)
    expect(await office((ctx) => peekInvitation(ctx, first))).toBeNull()
    expect(await office((ctx) => peekInvitation(ctx, token))).toMatchObject({ email: anna.email, hasSignIn: false })

    setClock(fixedClock(new Date(clock.now().getTime() + 7 * 86_400_000 + 1_000).toISOString()))
    expect(await office((ctx) => peekInvitation(ctx, token))).toBeNull()
    setClock()
    const accept = (signedInAs: string | null, passwordHash?: string) =>
      office((ctx) => acceptInvitation(ctx, { token, signedInAs, ...(passwordHash ? { passwordHash } : {}) }))
    expect(await accept(null)).toEqual({ ok: false, error: 'password-needed' })
    const outcomes = await Promise.all([accept(null, 'hash'), accept(null, 'hash')])
    expect(outcomes.map(({ ok }) => ok).toSorted()).toEqual([false, true])

    const user = await office(({ db }) => db.user.findFirstOrThrow({ where: { email: anna.email } }))
    expect(user.emailConfirmedAt).not.toBeNull()
    const [membership] = await office((ctx) => membershipsOf(ctx, user.id))
    expect(membership).toMatchObject({ accountId: owner.accountId, isOwner: false, permissions: ['invoice:read'], projectIds: null })
    const stored = await office(({ db }) => db.memberInvitation.findFirstOrThrow({ where: { id: invitationId } }))
    expect(stored.tokenHash).toBe(hashOfToken(token))
  })

  test('to somebody with a sign-in here is taken by that person alone, who then has two accounts', async () => {
    const known = await register(tenantId, 'known@kunde.example')
    const { id: profileId } = await profile('customer-member')
    const invited = await invite(await managerOf(owner.userId), { email: 'known@kunde.example', profileId })
    if (!invited.ok) throw new Error(invited.error)
    const token = await mailed(invited.value.invitationId)
    const as = (signedInAs: string | null) => office((ctx) => acceptInvitation(ctx, { token, signedInAs, passwordHash: 'other' }))
    expect(await as(null)).toEqual({ ok: false, error: 'sign-in-first' })
    expect(await as(owner.userId)).toEqual({ ok: false, error: 'sign-in-first' })
    expect((await as(known.userId)).ok).toBe(true)
    const memberships = await office((ctx) => membershipsOf(ctx, known.userId))
    expect(memberships.map(({ accountId, isOwner }) => ({ accountId, isOwner }))).toEqual(
      expect.arrayContaining([
        { accountId: known.accountId, isOwner: true },
        { accountId: owner.accountId, isOwner: false },
      ]),
    )
    const { passwordHash } = await office(({ db }) => db.user.findFirstOrThrow({ where: { id: known.userId } }))
    expect(passwordHash).not.toBe('other')
  })
})

describe('rights of members', () => {
  test('a set of permissions is given, changed and taken; a manager never gives more than the manager has', async () => {
    const manager = await managerOf(owner.userId)
    const save = (by: Manager, permissions: string[], profileId: string | null = null, name = 'Personal') =>
      office((ctx) => saveProfile(ctx, { manager: by, profileId, name, permissions }))
    const saved = await save(manager, ['member:read', 'member:write', 'server:read'])
    if (!saved.ok) throw new Error(saved.error)
    const { profileId } = saved.value
    expect(await save(manager, ['server:read'])).toEqual({ ok: false, error: 'name-taken' })
    const petra = await managerOf(await join({ email: 'petra@kunde.example', profileId }))
    const memberOf = async (userId: string) =>
      (await office(({ db }) => db.membership.findFirstOrThrow({ where: { userId, accountId: owner.accountId } }))).id

    expect(await save(petra, ['member:write', 'payment:write'], profileId)).toEqual({ ok: false, error: 'not-allowed' })
    const ownerProfile = (await profile('customer-owner')).id
    expect(await invite(petra, { email: 'x@kunde.example', profileId: ownerProfile })).toEqual({ ok: false, error: 'not-allowed' })
    const [own, owners] = [await memberOf(petra.userId), await memberOf(owner.userId)]
    const deed = { manager: petra, profileId, projectIds: null }
    expect(await office((ctx) => changeMember(ctx, { ...deed, membershipId: own }))).toEqual({ ok: false, error: 'own-membership' })
    expect(await office((ctx) => removeMember(ctx, { manager: petra, membershipId: owners }))).toEqual({ ok: false, error: 'not-allowed' })

    expect((await save(manager, ['server:read'], profileId)).ok).toBe(true)
    expect((await managerOf(petra.userId)).rights).toEqual({ isOwner: false, permissions: ['server:read'] })
    expect(await office((ctx) => removeProfile(ctx, { manager, profileId }))).toEqual({ ok: false, error: 'profile-in-use' })
    expect((await office((ctx) => removeMember(ctx, { manager, membershipId: own }))).ok).toBe(true)
    expect(await office((ctx) => membershipsOf(ctx, petra.userId))).toEqual([])
    expect((await office((ctx) => removeProfile(ctx, { manager, profileId }))).ok).toBe(true)
  })

  test('two owners who take each other out at once leave one', async () => {
    const { userId, accountId } = await register(tenantId, 'first@zwei.example')
    const ownerProfile = (await profile('customer-owner')).id
    const first = await managerOf(userId)
    const second = await managerOf(await join({ email: 'second@zwei.example', profileId: ownerProfile }, first))
    const rows = await office(({ db }) => db.membership.findMany({ where: { accountId }, select: { id: true, userId: true } }))
    const idOf = (of: Manager) => rows.find((row) => row.userId === of.userId)?.id ?? ''
    const outcomes = await Promise.all([
      office((ctx) => removeMember(ctx, { manager: first, membershipId: idOf(second) })),
      office((ctx) => removeMember(ctx, { manager: second, membershipId: idOf(first) })),
    ])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, error: expect.stringMatching(/last-owner|member-not-found/) })
    expect(await office(({ db }) => db.membership.count({ where: { accountId } }))).toBe(1)
  })
})

describe('a member who is limited to projects', () => {
  test('sees servers, charges and budgets of those as they stand, and nothing else of the account', async () => {
    const cloudRef = await buildCloud(tenantId)
    const accountId = await buildAccount(tenantId, { name: 'Werk' })
    const { priceBookId, priceVersionId, ruleIds } = await buildPriceBook(tenantId, [
      { feeKind: 'usage', price: '1', meter: 'traffic.sent' },
    ])
    const contractId = await buildContract(tenantId, { accountId, priceBookId })
    const panel = <T>(work: Parameters<typeof inPanel<T>>[2], projectIds: string[] | null = null) =>
      inPanel(tenantId, [accountId], work, { projectIds })
    const server = async (name: string) => (await buildServer(cloudRef, name, [{ tenantId, accountId }])).ids[0] ?? ''
    const [shop, mail] = [await server('shop'), await server('mail')]
    const added = await panel((ctx) => addProject(ctx, { accountId, name: 'Shop' }))
    if (!added.ok) throw new Error(added.error)
    await panel((ctx) => placeResource(ctx, { resourceId: shop, projectId: added.value }))
    const charge = { accountId, contractId, priceVersionId, priceRuleId: ruleIds[0] ?? '', billingPeriod: '2026-06-01', day: '2026-06-03' }
    await buildCharges(tenantId, [
      { ...charge, resourceId: shop, amount: '3' },
      { ...charge, resourceId: mail, amount: '5' },
    ])

    const facts = {
      accountId,
      parentId: null,
      span: { period: 'month' },
      amount: money(1_000n, 'EUR'),
      thresholds: [50],
      hardStop: 'none',
    } as const
    const wishes = { tellsForecast: false, allowsOver: false }
    for (const budget of [{ name: 'All' }, { name: 'Shop', scope: { kind: 'project', projectId: added.value } }] as const) {
      const saved = await panel((ctx) => addBudget(ctx, { ...facts, ...wishes, ...budget }))
      if (!saved.ok) throw new Error(saved.error)
      const alert = { tenantId, id: v7(), accountId, budgetId: saved.value, periodStart: new Date('2026-06-01'), step: '50' }
      await office(({ db, now }) => db.budgetAlert.createMany({ data: [{ ...alert, amountMinor: 1_000n, spentMinor: 500n, at: now }] }))
    }

    const seen = (projectIds: string[] | null) =>
      panel(
        async ({ db }) => ({
          servers: (await db.resource.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name),
          charged: (await db.charge.findMany({ orderBy: { id: 'asc' } })).map(({ amount }) => amount.toString()),
          projects: await db.project.count(),
          budgets: (await db.budget.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name),
          told: await db.budgetAlert.count(),
        }),
        projectIds,
      )
    const budgets = ['All', 'Shop']
    expect(await seen(null)).toEqual({ servers: ['mail', 'shop'], charged: ['3', '5'], projects: 1, budgets, told: 2 })
    expect(await seen([added.value])).toEqual({ servers: ['shop'], charged: ['3'], projects: 1, budgets: ['Shop'], told: 1 })
    expect(await seen([])).toEqual({ servers: [], charged: [], projects: 0, budgets: [], told: 0 })

    await panel((ctx) => placeResource(ctx, { resourceId: shop, projectId: null }))
    expect(await seen([added.value])).toMatchObject({ servers: [], charged: [], projects: 1 })
  })
})
