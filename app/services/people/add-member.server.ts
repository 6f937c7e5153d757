import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { findAccount } from '#app/db/people/accounts.server.ts'
import { findSecurityProfile, findUserByEmail, insertMembership, insertUser } from '#app/db/people/people.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { readyCustomerProfiles } from '#app/domain/tenancy/security-profiles.ts'

export type AddMemberInput = {
  readonly email: string
  readonly name: string
  readonly language: string
  /** The account the person acts for; without one the person belongs to the house organisation. */
  readonly accountId?: string
  /** Name of one of the tenant's security profiles. */
  readonly profile: string
  /** For seeds and the command line; without it the person is invited by mail to set one. */
  readonly passwordHash?: string
}
export type AddMemberError = 'account-not-found' | 'profile-not-found' | 'profile-not-suitable'

/**
 * Ties a person to the house organisation or to an account. Someone new to this store is mailed a link to set a password;
 * someone who has a sign-in here keeps it. Safe to repeat.
 */
export async function addMember(ctx: TenantContext, input: AddMemberInput): Promise<Result<{ userId: string }, AddMemberError>> {
  if (input.accountId && !(await findAccount(ctx, input.accountId))) return err('account-not-found')
  if (!isSuitable(input)) return err('profile-not-suitable')
  const securityProfileId = await findSecurityProfile(ctx, input.profile)
  if (!securityProfileId) return err('profile-not-found')

  const userId = await userFor(ctx, input)
  const isNew = await insertMembership(ctx, { userId, accountId: input.accountId ?? null, securityProfileId })
  if (isNew) {
    const detail = { profile: input.profile, accountId: input.accountId ?? null }
    await audit(ctx, { action: 'member.added', subjectKind: 'user', subjectId: userId, detail })
  }
  return ok({ userId })
}

// A customer's owner profile held in the house organisation would own the tenant: the two kinds do not mix. What the seller made
// beside the ready ones is for staff.
function isSuitable({ profile, accountId }: AddMemberInput): boolean {
  return readyCustomerProfiles.includes(profile) === (accountId !== undefined)
}

async function userFor(ctx: TenantContext, input: AddMemberInput): Promise<string> {
  const known = await findUserByEmail(ctx, input.email)
  if (known) return known.id
  const { email, name, language, passwordHash = null } = input
  const userId = await insertUser(ctx, { email, name: name.trim(), language, passwordHash })
  if (!userId) return userFor(ctx, input)
  await enqueue(ctx, { name: 'user/registered', data: { tenantId: ctx.tenantId, userId } })
  return userId
}
