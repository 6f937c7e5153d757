import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { endSessionsOf, heldMemberships, insertIdentity, lockIdentity, noteIdentityUse } from '#app/db/people/external-identities.server.ts'
import { findIdentityProvider, groupsOfProvider, type IdentityProviderRow } from '#app/db/people/identity-providers.server.ts'
import { confirmUserEmail, findUser, findUserByEmail, insertUser, membershipsOf, type UserRow } from '#app/db/people/people.server.ts'
import { rightsByGroups, type WithoutGroup } from '#app/domain/people/directory-rights.ts'
import { type WayInProblem, wayIn } from '#app/domain/people/way-in.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { applyDirectoryRights } from './apply-directory-rights.server.ts'

/** Who a directory says has signed in there, checked by its adapter. */
export type DirectoryPerson = {
  readonly providerId: string
  /** What the directory calls the person for good; never an address that may pass on. */
  readonly subject: string
  readonly email: string | null
  /** What the directory says of the address; null when it says nothing. */
  readonly isEmailVerified: boolean | null
  readonly name: string | null
  readonly groups: readonly string[]
}

export type DirectoryRefusal = WayInProblem | 'provider-off' | 'person-closed' | 'other-identity' | 'no-group' | 'no-access'
/** `prove`: the person with the address has to show the password once; nothing was changed. */
export type DirectorySignIn =
  | { readonly kind: 'signed-in'; readonly userId: string; readonly identityId: string; readonly countsAsSecondFactor: boolean }
  | { readonly kind: 'prove'; readonly userId: string; readonly email: string }
  | { readonly kind: 'refused'; readonly reason: DirectoryRefusal }

export type SignInFromDirectoryInput = DirectoryPerson & {
  /** The language of a new person. */
  readonly language: string
  /** Who has shown the password for the address just now. */
  readonly provenUserId?: string
}

/**
 * Lets somebody in whom a directory vouches for: finds the person, makes one, or links the one who has the address, by the rules of
 * `wayIn`, and gives what the groups give. The session is the caller's. A refusal is noted, and takes away what the directory gave before
 * when it is about groups. Runs in the office's scope.
 */
export async function signInFromDirectory(ctx: TenantContext, input: SignInFromDirectoryInput): Promise<DirectorySignIn> {
  const provider = await findIdentityProvider(ctx, input.providerId)
  if (provider?.state !== 'active') return { kind: 'refused', reason: 'provider-off' }
  const rules = await groupsOfProvider(ctx, provider.id)
  const given = rightsByGroups({ groups: input.groups, rules, withoutGroup: withoutGroupOf(provider) })
  const found = await personOf(ctx, { provider, input, given })
  if (!found.ok) return refuse(ctx, input, found.error)
  if ('proveAs' in found.value) return { kind: 'prove', userId: found.value.proveAs.id, email: found.value.proveAs.email }
  const { userId, identityId } = found.value

  await applyDirectoryRights(ctx, { providerId: provider.id, userId, given: given.ok ? given.value : [] })
  if (!given.ok) return refuse(ctx, input, given.error)
  const memberships = await membershipsOf(ctx, userId, identityId)
  if (memberships.length === 0) return refuse(ctx, input, 'no-access')
  await noteIdentityUse(ctx, identityId, input.email)
  return { kind: 'signed-in', userId, identityId, countsAsSecondFactor: provider.isSecondFactor }
}

type Given = ReturnType<typeof rightsByGroups>
type Asked = { readonly provider: IdentityProviderRow; readonly input: SignInFromDirectoryInput; readonly given: Given }
type Found = { readonly userId: string; readonly identityId: string } | { readonly proveAs: UserRow }

async function personOf(ctx: TenantContext, asked: Asked): Promise<Result<Found, DirectoryRefusal>> {
  const { provider, input } = asked
  const linked = await lockIdentity(ctx, input)
  if (!linked) return firstTime(ctx, asked)
  const user = await findUser(ctx, linked.userId)
  if (!user || user.disabledAt) return err('person-closed')
  if (provider.audience === 'customers' && (await standing(ctx, user.id, provider.id)).isStaff) return err('not-for-staff')
  return ok({ userId: user.id, identityId: linked.id })
}

async function firstTime(ctx: TenantContext, { provider, input, given }: Asked): Promise<Result<Found, DirectoryRefusal>> {
  const { email, provenUserId } = input
  if (!given.ok) return given
  const user = email ? await findUserByEmail(ctx, email) : null
  if (user?.disabledAt) return err('person-closed')
  const known = user && (await standing(ctx, user.id, provider.id))
  const way = wayIn({ ...provider, email, isEmailVerified: input.isEmailVerified, known })
  if (!way.ok) return way
  if (!user && given.value.length === 0) return err('no-access')
  if (user && way.value === 'prove' && provenUserId !== user.id) return ok({ proveAs: user })

  const userId = user?.id ?? (await newPerson(ctx, input))
  if (!userId) return err('person-closed')
  const identityId = await insertIdentity(ctx, { providerId: provider.id, userId, subject: input.subject, email: email ?? '' })
  if (!identityId) return err('other-identity')
  const detail = { providerId: provider.id, provider: provider.name, isNew: user === null, proven: way.value === 'prove' }
  await audit(ctx, { action: 'identity.linked', subjectKind: 'user', subjectId: userId, detail })
  return ok({ userId, identityId })
}

async function standing(ctx: TenantContext, userId: string, providerId: string) {
  const inHouse = (await heldMemberships(ctx, { userId, providerId })).filter(({ accountId }) => accountId === null)
  return { isStaff: inHouse.length > 0, ownsHouse: inHouse.some(({ isOwner }) => isOwner) }
}

/** The directory answers for the address, so that no mail has to prove it. Null when another request was first. */
async function newPerson(ctx: TenantContext, { email, name, language }: SignInFromDirectoryInput): Promise<string | null> {
  const address = email ?? ''
  const userId = await insertUser(ctx, { email: address, name: name?.trim().slice(0, 200) || address, language, passwordHash: null })
  if (userId) await confirmUserEmail(ctx, userId)
  return userId
}

function withoutGroupOf({ withoutGroup, defaultProfileId, defaultAccountId }: IdentityProviderRow): WithoutGroup {
  if (withoutGroup !== 'profile') return { kind: withoutGroup }
  if (!defaultProfileId) return { kind: 'refuse' }
  return { kind: 'profile', place: { accountId: defaultAccountId, securityProfileId: defaultProfileId } }
}

/** Who is refused goes on nowhere else either: sessions of this name at the directory end. */
async function refuse(ctx: TenantContext, { providerId, subject }: DirectoryPerson, reason: DirectoryRefusal): Promise<DirectorySignIn> {
  await endSessionsOf(ctx, { providerId, subject })
  const detail = { reason, subject: subject.slice(0, 200) }
  await audit(ctx, { action: 'sign-on.refused', subjectKind: 'identity-provider', subjectId: providerId, detail })
  return { kind: 'refused', reason }
}
