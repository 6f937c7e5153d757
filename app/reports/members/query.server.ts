import { projectsOfAccounts } from '#app/db/cloud/projects.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type PeopleOf, profilesFor } from '#app/db/people/members.server.ts'
import { readyProfileNames } from '#app/domain/tenancy/security-profiles.ts'
import type { MembersPage, OpenInvitationRow, PanelMember, ShownProfile } from './shape.ts'

const readyNames = [...readyProfileNames]

/** The people of these accounts, their profiles and open invitations. Needs the office's scope. */
export async function readMembersPage(ctx: TenantContext, accountIds: readonly string[]): Promise<MembersPage> {
  return {
    members: await readMembers(ctx, accountIds),
    invitations: await readInvitations(ctx, accountIds),
    profiles: await readProfiles(ctx, accountIds),
    accounts: await accountNames(ctx, accountIds),
    projects: await projectsOfAccounts(ctx, accountIds),
  }
}

/** The profiles that members of these accounts, or of the house, can have, and how many of them have each. Needs the office's scope. */
export async function readProfiles(ctx: TenantContext, accountIds: PeopleOf): Promise<ShownProfile[]> {
  const counts = await ctx.db.membership.groupBy({
    by: ['securityProfileId'],
    where: { tenantId: ctx.tenantId, accountId: accountIds && { in: [...accountIds] } },
    _count: { _all: true },
  })
  const profiles = await profilesFor(ctx, accountIds)
  return profiles.map(({ accountId, ...profile }) => ({
    ...profile,
    isOwn: accountId !== null || !readyNames.includes(profile.name),
    accountId,
    members: counts.find(({ securityProfileId }) => securityProfileId === profile.id)?._count._all ?? 0,
  }))
}

/** The people of these accounts, or of the house, by name. Needs the office's scope. */
export function readMembers(ctx: TenantContext, accountIds: PeopleOf): Promise<PanelMember[]> {
  return ctx.db.$queryRaw<PanelMember[]>`
    select m.id as "membershipId", u.id as "userId", u.name, u.email, m.account_id as "accountId", a.name as "accountName", p.id as "profileId",
      p.name as profile, p.account_id is not null or not p.name = any (${readyNames}::text[]) as "isOwnProfile", p.is_owner as "isOwner", m.is_limited as "isLimited",
      array(select x.project_id::text from membership_projects x where x.tenant_id = m.tenant_id and x.membership_id = m.id
        order by x.project_id) as "projectIds",
      array(select j.name from membership_projects x join projects j on j.tenant_id = x.tenant_id and j.id = x.project_id
        where x.tenant_id = m.tenant_id and x.membership_id = m.id order by lower(j.name), j.id) as "projectNames"
    from memberships m
    join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
    left join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id
    join security_profiles p on p.tenant_id = m.tenant_id and p.id = m.security_profile_id
    where m.tenant_id = ${ctx.tenantId}::uuid
      and (m.account_id = any (${[...(accountIds ?? [])]}::uuid[]) or ${accountIds === null} and m.account_id is null)
      and (a.id is null or a.status <> 'closed')
    order by lower(u.name), u.id, m.id limit 500`
}

/** The invitations that are open into these accounts, or into the house, the newest first. Needs the office's scope. */
export function readInvitations(ctx: TenantContext, accountIds: PeopleOf): Promise<OpenInvitationRow[]> {
  return ctx.db.$queryRaw<OpenInvitationRow[]>`
    select i.id, i.name, i.email, p.name as profile, p.account_id is not null or not p.name = any (${readyNames}::text[]) as "isOwnProfile",
      i.expires_at as "expiresAt", i.expires_at <= ${ctx.now} as "isExpired"
    from member_invitations i
    join security_profiles p on p.tenant_id = i.tenant_id and p.id = i.security_profile_id
    where i.tenant_id = ${ctx.tenantId}::uuid
      and (i.account_id = any (${[...(accountIds ?? [])]}::uuid[]) or ${accountIds === null} and i.account_id is null) and i.accepted_at is null and i.withdrawn_at is null
    order by i.created_at desc, i.id desc limit 200`
}

async function accountNames(ctx: TenantContext, accountIds: readonly string[]): Promise<{ id: string; name: string }[]> {
  const rows = await ctx.db.account.findMany({
    where: { tenantId: ctx.tenantId, id: { in: [...accountIds] }, status: { not: 'closed' } },
    select: { id: true, name: true },
    orderBy: [{ parentAccountId: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }, { id: 'asc' }],
    take: 500,
  })
  return rows
}
