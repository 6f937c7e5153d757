import type { HeldMembership } from '#app/domain/people/directory-rights.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { indexesOf, openField, sealField } from '../sealing/sealed-fields.server.ts'

export type ExternalIdentityRow = { readonly id: string; readonly userId: string }

const field = 'external_identities.subject'
const namesOf = (ctx: TenantContext, subject: string) => indexesOf(ctx, field, subject)

/** Who is called `subject` at a directory, held until the transaction ends; null when nobody here is. */
export async function lockIdentity(
  ctx: TenantContext,
  { providerId, subject }: { readonly providerId: string; readonly subject: string },
): Promise<ExternalIdentityRow | null> {
  const rows = await ctx.db.$queryRaw<ExternalIdentityRow[]>`
    select id, user_id as "userId" from external_identities
    where tenant_id = ${ctx.tenantId}::uuid and provider_id = ${providerId}::uuid 
      and (subject_index = any (${namesOf(ctx, subject)}::text[]) or subject = ${subject}) for update`
  return rows[0] ?? null
}

export type NewIdentity = { readonly providerId: string; readonly userId: string; readonly subject: string; readonly email: string }

/** Ties a name at a directory to a person; null when the name is another's, or the person has another name there. */
export async function insertIdentity(ctx: TenantContext, identity: NewIdentity): Promise<string | null> {
  const id = newId()
  const [subjectIndex] = namesOf(ctx, identity.subject)
  const sealed = { subject: sealField(ctx, field, id, identity.subject), subjectIndex }
  const times = { createdAt: ctx.now, lastUsedAt: ctx.now }
  const written = await ctx.db.externalIdentity.createMany({
    data: [{ tenantId: ctx.tenantId, id, ...identity, ...sealed, ...times }],
    skipDuplicates: true,
  })
  return written.count === 1 ? id : null
}

/** Notes a sign-in, and the address the directory now says. */
export async function noteIdentityUse(ctx: TenantContext, id: string, email: string | null): Promise<void> {
  await ctx.db.externalIdentity.updateMany({
    where: { tenantId: ctx.tenantId, id },
    data: { lastUsedAt: ctx.now, ...(email ? { email } : {}) },
  })
}

/** What a person is here: memberships, those that `providerId` gave among them. */
export async function heldMemberships(
  ctx: TenantContext,
  { userId, providerId }: { readonly userId: string; readonly providerId: string },
): Promise<(HeldMembership & { readonly isOwner: boolean })[]> {
  return ctx.db.$queryRaw`
    select m.id as "membershipId", m.account_id as "accountId", m.security_profile_id as "securityProfileId", p.is_owner as "isOwner",
      coalesce(m.given_by_provider_id = ${providerId}::uuid, false) as "isGivenHere"
    from memberships m join security_profiles p on p.tenant_id = m.tenant_id and p.id = m.security_profile_id
    where m.tenant_id = ${ctx.tenantId}::uuid and m.user_id = ${userId}::uuid
    order by m.id`
}

export type IdentityLine = {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly subject: string
  readonly lastUsedAt: Date
}

/** Who came in by a directory, the latest first; at most 100. */
export async function listIdentities(ctx: TenantContext, providerId: string): Promise<IdentityLine[]> {
  const rows = await ctx.db.externalIdentity.findMany({
    where: { tenantId: ctx.tenantId, providerId },
    select: { id: true, email: true, subject: true, lastUsedAt: true, user: { select: { name: true } } },
    orderBy: [{ lastUsedAt: 'desc' }, { id: 'asc' }],
    take: 100,
  })
  return rows.map(({ user, ...row }) => ({ ...row, subject: openField(ctx, field, row.id, row.subject), name: user.name }))
}

/** A name at a directory and whose it is; null when there is none of that id. */
export async function findIdentity(
  ctx: TenantContext,
  { id, providerId }: { readonly id: string; readonly providerId: string },
): Promise<{ readonly userId: string; readonly subject: string } | null> {
  const where = { tenantId: ctx.tenantId, id, providerId }
  const found = await ctx.db.externalIdentity.findFirst({ where, select: { userId: true, subject: true } })
  return found && { ...found, subject: openField(ctx, field, id, found.subject) }
}

/** Takes a name at a directory off the person who has it. Its sessions have to be over. */
export async function deleteIdentity(
  ctx: TenantContext,
  { id, providerId }: { readonly id: string; readonly providerId: string },
): Promise<void> {
  await ctx.db.externalIdentity.deleteMany({ where: { tenantId: ctx.tenantId, id, providerId } })
}

/** Notes that a directory gave the person's membership in one place. */
export async function noteGivenBy(
  ctx: TenantContext,
  { userId, accountId, providerId }: { readonly userId: string; readonly accountId: string | null; readonly providerId: string },
): Promise<void> {
  const where = { tenantId: ctx.tenantId, userId, accountId, givenByProviderId: null }
  await ctx.db.membership.updateMany({ where, data: { givenByProviderId: providerId } })
}

export type SessionsOfDirectory = {
  readonly providerId: string
  /** One person's only. */
  readonly subject?: string
  /** One session only, as the directory names it. */
  readonly providerSession?: string
}

/** Ends the sessions that come from a directory; how many they were. Sign-ins that still wait for a second step end too. */
export async function endSessionsOf(ctx: TenantContext, ended: SessionsOfDirectory): Promise<number> {
  const { providerId, subject, providerSession } = ended
  const { tenantId } = ctx
  const identities = await ctx.db.externalIdentity.findMany({
    where: {
      tenantId,
      providerId,
      ...(subject === undefined ? {} : { OR: [{ subjectIndex: { in: namesOf(ctx, subject) } }, { subject }] }),
    },
    select: { id: true, userId: true },
  })
  const where = { tenantId, externalIdentityId: { in: identities.map(({ id }) => id) } }
  const { count } = await ctx.db.session.deleteMany({
    where: { ...where, ...(providerSession === undefined ? {} : { providerSession }) },
  })
  await ctx.db.$executeRaw`
    delete from sign_in_steps where tenant_id = ${tenantId}::uuid and origin ->> 'identityId' = any (${identities.map(({ id }) => id)}::text[])
      and (${providerSession ?? null}::text is null or origin ->> 'providerSession' = ${providerSession ?? null})`
  return count
}

export type SessionAtDirectory = {
  readonly providerId: string
  readonly subject: string
  readonly providerSession: string | null
  readonly logoutHint: Uint8Array | null
}

/** Which sign-in at a directory a session comes from; null for one by password or passkey. */
export async function directoryOfSession(ctx: TenantContext, sessionId: string): Promise<SessionAtDirectory | null> {
  const found = await ctx.db.session.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id: sessionId } },
    select: { providerSession: true, logoutHint: true, externalIdentity: { select: { id: true, providerId: true, subject: true } } },
  })
  if (!found?.externalIdentity) return null
  const { id, providerId, subject } = found.externalIdentity
  const { providerSession, logoutHint } = found
  return { providerId, subject: openField(ctx, field, id, subject), providerSession, logoutHint }
}
