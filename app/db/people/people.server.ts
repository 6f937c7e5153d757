import { rightsWithinProjects } from '#app/domain/tenancy/member-rules.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type UserRow = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly language: string
  readonly passwordHash: string | null
  readonly emailConfirmedAt: Date | null
  readonly disabledAt: Date | null
}

const userColumns = {
  id: true,
  email: true,
  name: true,
  language: true,
  passwordHash: true,
  emailConfirmedAt: true,
  disabledAt: true,
} as const

/** An e-mail address as it is stored and compared: trimmed, lower case, Unicode composed. */
export function normalEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase()
}

/** The person with this address in this tenant, or null. */
export function findUserByEmail(ctx: TenantContext, email: string): Promise<UserRow | null> {
  return ctx.db.user.findUnique({ where: { tenantId_email: { tenantId: ctx.tenantId, email: normalEmail(email) } }, select: userColumns })
}

/** The person with this id in this tenant, or null. */
export function findUser(ctx: TenantContext, id: string): Promise<UserRow | null> {
  return ctx.db.user.findUnique({ where: { tenantId_id: { tenantId: ctx.tenantId, id } }, select: userColumns })
}

export type NewUser = { readonly email: string; readonly name: string; readonly language: string; readonly passwordHash: string | null }

/** Writes a person who has not confirmed the address yet; null when the tenant has one with this address. */
export async function insertUser(ctx: TenantContext, user: NewUser): Promise<string | null> {
  const id = newId()
  const written = await ctx.db.user.createMany({
    data: [{ tenantId: ctx.tenantId, id, ...user, email: normalEmail(user.email), createdAt: ctx.now }],
    skipDuplicates: true,
  })
  return written.count === 1 ? id : null
}

/** Stores a new password hash. Sessions are not touched. */
export async function savePasswordHash(ctx: TenantContext, userId: string, passwordHash: string): Promise<void> {
  await ctx.db.user.update({ where: { tenantId_id: { tenantId: ctx.tenantId, id: userId } }, data: { passwordHash }, select: { id: true } })
}

/** Notes that the person reads mail at the address; the first time counts, and is true. */
export async function confirmUserEmail(ctx: TenantContext, userId: string): Promise<boolean> {
  const { count } = await ctx.db.user.updateMany({
    where: { tenantId: ctx.tenantId, id: userId, emailConfirmedAt: null },
    data: { emailConfirmedAt: ctx.now },
  })
  return count === 1
}

export type NewMembership = {
  readonly userId: string
  readonly accountId: string | null
  readonly securityProfileId: string
  /** Only these projects of the account; all of it without. */
  readonly projectIds?: readonly string[] | null
}

/** Ties a user to the tenant (no account) or to an account. The same tie is made once; false when it stood already. */
export async function insertMembership(ctx: TenantContext, membership: NewMembership): Promise<boolean> {
  const { userId, accountId, securityProfileId, projectIds = null } = membership
  // No key can say "once per user and account" while the account may be null: the user's row is the lock.
  await ctx.db.$queryRaw`select id from users where tenant_id = ${ctx.tenantId}::uuid and id = ${userId}::uuid for update`
  if ((await ctx.db.membership.count({ where: { tenantId: ctx.tenantId, userId, accountId } })) > 0) return false
  const id = newId()
  const row = { tenantId: ctx.tenantId, id, userId, accountId, securityProfileId, isLimited: projectIds !== null }
  await ctx.db.membership.createMany({ data: [{ ...row, createdAt: ctx.now }] })
  await ctx.db.membershipProject.createMany({
    data: (projectIds ?? []).map((projectId) => ({ tenantId: ctx.tenantId, membershipId: id, projectId })),
  })
  return true
}

export type NewSecurityProfile = { readonly name: string; readonly isOwner: boolean; readonly permissions: readonly string[] }

/** Writes the profiles the tenant does not have yet, by name. */
export async function insertSecurityProfiles(ctx: TenantContext, profiles: readonly NewSecurityProfile[]): Promise<void> {
  await ctx.db.securityProfile.createMany({
    data: profiles.map(({ name, isOwner, permissions }) => ({
      tenantId: ctx.tenantId,
      id: newId(),
      name,
      isOwner,
      permissions: [...permissions],
      createdAt: ctx.now,
    })),
    skipDuplicates: true,
  })
}

/** The id of the seller's own profile called `name`, or null. */
export async function findSecurityProfile(ctx: TenantContext, name: string): Promise<string | null> {
  const found = await ctx.db.securityProfile.findFirst({
    where: { tenantId: ctx.tenantId, accountId: null, name },
    select: { id: true },
  })
  return found?.id ?? null
}

/** What one membership gives: for staff no account, else the account with its departments. */
export type MembershipRow = {
  readonly id: string
  readonly accountId: string | null
  readonly accountName: string | null
  readonly accountKind: string | null
  /** Departments that were closed come last: what they used is read on. */
  readonly accountIds: string[]
  readonly profile: string
  readonly isOwner: boolean
  readonly permissions: string[]
  /** Of a member who sees only chosen projects: those that are in use; null for everybody else. */
  readonly projectIds: string[] | null
}

/**
 * The memberships of a person, the house first, then by account name. Accounts that are closed are left out. With the sign-in at a directory that
 * a session comes from (null for none), those of other directories are left out: what a directory gave counts through it alone.
 */
export async function membershipsOf(ctx: TenantContext, userId: string, identityId?: string | null): Promise<MembershipRow[]> {
  const rows = await ctx.db.$queryRaw<MembershipRow[]>`
    select m.id, m.account_id as "accountId", a.name as "accountName", a.kind as "accountKind", p.name as profile,
      p.is_owner as "isOwner", coalesce(p.permissions, '{}') as permissions,
      case when m.is_limited then array(
        select x.project_id::text from membership_projects x
        join projects j on j.tenant_id = x.tenant_id and j.id = x.project_id and j.state = 'active'
        where x.tenant_id = m.tenant_id and x.membership_id = m.id order by x.project_id) end as "projectIds",
      array(
        select d.id::text from accounts d
        where d.tenant_id = m.tenant_id and (d.id = m.account_id or d.parent_account_id = m.account_id)
        order by d.id <> m.account_id, d.status = 'closed', d.name, d.id) as "accountIds"
    from memberships m
    join security_profiles p on p.tenant_id = m.tenant_id and p.id = m.security_profile_id
    left join accounts a on a.tenant_id = m.tenant_id and a.id = m.account_id
    where m.tenant_id = ${ctx.tenantId}::uuid and m.user_id = ${userId}::uuid
      and (m.account_id is null or a.status <> 'closed')
      and (m.given_by_provider_id is null or ${identityId === undefined} or exists (
        select from external_identities e
        where e.tenant_id = m.tenant_id and e.id = ${identityId ?? null}::uuid and e.provider_id = m.given_by_provider_id))
    order by m.account_id is not null, a.name, m.id
    limit 200`
  return rows.map((row) => (row.projectIds ? { ...row, ...rightsWithinProjects(row) } : row))
}

/** The name of the person who last gave `userId` a membership; null when it was an automatic action or the command line. */
export async function inviterOf(ctx: TenantContext, userId: string): Promise<string | null> {
  const rows = await ctx.db.$queryRaw<{ name: string }[]>`
    select u.name from audit_entries e join users u on u.tenant_id = e.tenant_id and u.id::text = e.actor ->> 'userId'
    where e.tenant_id = ${ctx.tenantId}::uuid and e.subject_kind = 'user' and e.subject_id = ${userId} and e.action = 'member.added'
    order by e.at desc, e.id desc limit 1`
  return rows[0]?.name ?? null
}

/** A member of staff as a mail reaches it. */
export type StaffAddress = { readonly name: string; readonly address: string; readonly language: string }

/** The seller's own people who have a right, by name; at most 50. */
export function staffWith(ctx: TenantContext, permission: string): Promise<StaffAddress[]> {
  return ctx.db.$queryRaw<StaffAddress[]>`
    select distinct u.name, u.email as address, u.language from memberships m
    join security_profiles p on p.tenant_id = m.tenant_id and p.id = m.security_profile_id
    join users u on u.tenant_id = m.tenant_id and u.id = m.user_id
    where m.tenant_id = ${ctx.tenantId}::uuid and m.account_id is null and (p.is_owner or ${permission} = any (p.permissions))
    order by u.name, u.email limit 50`
}
