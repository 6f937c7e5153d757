import type { Rights } from '#app/domain/tenancy/permissions.ts'
import { readyCustomerProfiles, readyProfileNames } from '#app/domain/tenancy/security-profiles.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** Whose people are meant: those of these accounts, or (null) of the house organisation. */
export type PeopleOf = readonly string[] | null

/** A profile that members can have: one every seller starts with, an account's own, or the house's own. */
export type ProfileRow = Rights & { readonly id: string; readonly name: string; readonly accountId: string | null }

const profileColumns = { id: true, name: true, accountId: true, isOwner: true, permissions: true } as const

/** The profiles that members of these accounts, or of the house, can have, the seller's first, then by name. */
export function profilesFor(ctx: TenantContext, accountIds: PeopleOf): Promise<ProfileRow[]> {
  const ofHouse = { accountId: null, name: { notIn: [...readyCustomerProfiles] } }
  const ofAccounts = {
    OR: [{ accountId: null, name: { in: [...readyCustomerProfiles] } }, { accountId: { in: [...(accountIds ?? [])] } }],
  }
  return ctx.db.securityProfile.findMany({
    where: { tenantId: ctx.tenantId, ...(accountIds ? ofAccounts : ofHouse) },
    select: profileColumns,
    orderBy: [{ accountId: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }],
    take: 200,
  })
}

/** A profile of an account's or the house's own, held until the transaction ends; null for another's and for those every seller starts with. */
export async function lockOwnProfile(ctx: TenantContext, id: string, accountId: string | null): Promise<ProfileRow | null> {
  const [row] = await ctx.db.$queryRaw<ProfileRow[]>`
    select id, name, account_id as "accountId", is_owner as "isOwner", coalesce(permissions, '{}') as permissions from security_profiles
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid and account_id is not distinct from ${accountId}::uuid
      and (account_id is not null or not name = any (${[...readyProfileNames]}::text[])) for update`
  return row ?? null
}

type OwnProfile = { readonly accountId: string | null; readonly name: string; readonly permissions: readonly string[] }

/** Writes a profile of an account's or the house's own; null when there is one of that name. */
export async function insertOwnProfile(ctx: TenantContext, profile: OwnProfile): Promise<string | null> {
  const id = newId()
  const { accountId, name, permissions } = profile
  const row = { tenantId: ctx.tenantId, id, accountId, name, isOwner: false, permissions: [...permissions], createdAt: ctx.now }
  const written = await ctx.db.securityProfile.createMany({ data: [row], skipDuplicates: true })
  return written.count === 1 ? id : null
}

/** Changes a held profile; false when there is another one of that name. */
export async function updateOwnProfile(ctx: TenantContext, { id, accountId, name, permissions }: OwnProfile & { readonly id: string }) {
  const { tenantId } = ctx
  const other = await ctx.db.securityProfile.count({ where: { tenantId, accountId, name, id: { not: id } } })
  if (other > 0) return false
  await ctx.db.securityProfile.updateMany({ where: { tenantId, id }, data: { name, permissions: [...permissions] } })
  return true
}

/** Takes a profile off, and with it the invitations that are over; false while a member, an open invitation or a directory has it. */
export async function deleteOwnProfile(ctx: TenantContext, id: string): Promise<boolean> {
  const { tenantId } = ctx
  const members = await ctx.db.membership.count({ where: { tenantId, securityProfileId: id } })
  const invited = await ctx.db.memberInvitation.count({ where: { tenantId, securityProfileId: id, acceptedAt: null, withdrawnAt: null } })
  const ofGroups = await ctx.db.identityProviderGroup.count({ where: { tenantId, securityProfileId: id } })
  const ofOthers = await ctx.db.identityProvider.count({ where: { tenantId, defaultProfileId: id } })
  if (members + invited + ofGroups + ofOthers > 0) return false
  await ctx.db.memberInvitation.deleteMany({ where: { tenantId, securityProfileId: id } })
  await ctx.db.securityProfile.deleteMany({ where: { tenantId, id } })
  return true
}

export type MemberOf = Rights & {
  readonly membershipId: string
  readonly userId: string
  readonly accountId: string | null
}

/** The members of one account or (null) of the house, all held until the transaction ends, so that two changes at once never leave it without an owner. */
export function lockMembers(ctx: TenantContext, accountId: string | null): Promise<MemberOf[]> {
  return ctx.db.$queryRaw<MemberOf[]>`
    select m.id as "membershipId", m.user_id as "userId", m.account_id as "accountId", p.is_owner as "isOwner",
      coalesce(p.permissions, '{}') as permissions
    from memberships m
    join security_profiles p on p.tenant_id = m.tenant_id and p.id = m.security_profile_id
    where m.tenant_id = ${ctx.tenantId}::uuid and (m.account_id = ${accountId}::uuid or ${accountId}::uuid is null and m.account_id is null)
    order by m.id for update of m`
}

/** What a membership is in, when it is one of `accountIds` or the house; null for any other. */
export function placeOfMembership(
  ctx: TenantContext,
  membershipId: string,
  accountIds: PeopleOf,
): Promise<{ accountId: string | null } | null> {
  return ctx.db.membership.findFirst({
    where: { tenantId: ctx.tenantId, id: membershipId, accountId: accountIds && { in: [...accountIds] } },
    select: { accountId: true },
  })
}

type MembershipTerms = { readonly membershipId: string; readonly securityProfileId: string; readonly projectIds: readonly string[] | null }

/** Gives a membership another profile, and all or chosen projects. */
export async function updateMembership(
  ctx: TenantContext,
  { membershipId, securityProfileId, projectIds }: MembershipTerms,
): Promise<void> {
  const { tenantId } = ctx
  await ctx.db.membership.updateMany({
    where: { tenantId, id: membershipId },
    data: { securityProfileId, isLimited: projectIds !== null },
  })
  await ctx.db.membershipProject.deleteMany({ where: { tenantId, membershipId } })
  await ctx.db.membershipProject.createMany({ data: (projectIds ?? []).map((projectId) => ({ tenantId, membershipId, projectId })) })
}

/** Ends a membership. */
export async function deleteMembership(ctx: TenantContext, membershipId: string): Promise<void> {
  const { tenantId } = ctx
  await ctx.db.membershipProject.deleteMany({ where: { tenantId, membershipId } })
  await ctx.db.membership.deleteMany({ where: { tenantId, id: membershipId } })
}

/** Of `projectIds` those that are in use in the account. */
export async function openProjectsAmong(ctx: TenantContext, accountId: string, projectIds: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.project.findMany({
    where: { tenantId: ctx.tenantId, accountId, state: 'active', id: { in: [...projectIds] } },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: 200,
  })
  return rows.map(({ id }) => id)
}

/** What a person may do in an account now: null for somebody who is not its member, is disabled, or whose account is closed. */
export async function rightsIn(ctx: TenantContext, { userId, accountId }: { readonly userId: string; readonly accountId: string }) {
  const [row] = await ctx.db.$queryRaw<(Rights & { isLimited: boolean; projectIds: string[]; accountIds: string[] })[]>`
    select p.is_owner as "isOwner", coalesce(p.permissions, '{}') as permissions, m.is_limited as "isLimited",
      array(select x.project_id::text from membership_projects x
        join projects j on j.tenant_id = x.tenant_id and j.id = x.project_id and j.state = 'active'
        where x.tenant_id = m.tenant_id and x.membership_id = m.id order by x.project_id) as "projectIds",
      array(select d.id::text from accounts d
        where d.tenant_id = m.tenant_id and (d.id = m.account_id or d.parent_account_id = m.account_id)
        order by d.id <> m.account_id, d.id) as "accountIds"
    from memberships m
    join security_profiles p on p.tenant_id = m.tenant_id and p.id = m.security_profile_id
    join users u on u.tenant_id = m.tenant_id and u.id = m.user_id and u.disabled_at is null
    join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id and a.status <> 'closed'
    where m.tenant_id = ${ctx.tenantId}::uuid and m.user_id = ${userId}::uuid and m.account_id = ${accountId}::uuid`
  return row ?? null
}
