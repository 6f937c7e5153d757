import type { TenantContext } from '#app/db/context.server.ts'
import { profilesFor } from '#app/db/people/members.server.ts'
import type { GroupRule } from '#app/domain/people/directory-rights.ts'
import type { DirectoryAudience } from '#app/domain/people/way-in.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { mayGive } from '#app/domain/tenancy/member-rules.ts'
import type { Rights } from '#app/domain/tenancy/permissions.ts'
import { readyCustomerProfiles } from '#app/domain/tenancy/security-profiles.ts'

/** A row of the form: of customers, `account` is the e-mail address of an account. */
export type TypedRule = { readonly groupName: string; readonly profile: string; readonly account: string }
export type RulesInput = {
  readonly audience: DirectoryAudience
  readonly groups: readonly TypedRule[]
  readonly withoutGroup: 'refuse' | 'keep' | 'profile'
  /** Where `withoutGroup` is a profile. */
  readonly fallback: Omit<TypedRule, 'groupName'>
}
export type RulesError = 'profile-not-found' | 'not-allowed' | 'account-not-found' | 'account-ambiguous'
export type CheckedRules = {
  readonly groups: readonly GroupRule[]
  readonly defaultProfileId: string | null
  readonly defaultAccountId: string | null
}

/** A profile that a directory can give. */
export type GivableProfile = { readonly id: string; readonly name: string }

/**
 * The profiles that a directory can give: never an owner's, so that no directory makes one. Of staff only what the person who connects it
 * may give.
 */
export async function givableProfiles(ctx: TenantContext, audience: DirectoryAudience, own: Rights): Promise<GivableProfile[]> {
  const isForStaff = audience === 'staff'
  const profiles = await profilesFor(ctx, isForStaff ? null : [])
  return profiles
    .filter(({ name }) => isForStaff || readyCustomerProfiles.includes(name))
    .filter((profile) => !profile.isOwner && (!isForStaff || mayGive(own, profile)))
    .map(({ id, name }) => ({ id, name }))
}

/** The rules of a form with ids in place of names; what is not there, or not the person's to give, is refused. */
export async function checkRules(ctx: TenantContext, input: RulesInput, own: Rights): Promise<Result<CheckedRules, RulesError>> {
  const profiles = await givableProfiles(ctx, input.audience, own)
  const placeOf = async ({ profile, account }: Omit<TypedRule, 'groupName'>): Promise<Result<Omit<GroupRule, 'groupName'>, RulesError>> => {
    const found = profiles.find(({ name }) => name === profile)
    if (!found) return err('profile-not-found')
    if (input.audience === 'staff') return ok({ securityProfileId: found.id, accountId: null })
    const accounts = await accountsOf(ctx, account)
    if (accounts.length !== 1) return err(accounts.length === 0 ? 'account-not-found' : 'account-ambiguous')
    return ok({ securityProfileId: found.id, accountId: accounts[0] ?? null })
  }
  const groups: GroupRule[] = []
  for (const rule of input.groups) {
    const place = await placeOf(rule)
    if (!place.ok) return place
    groups.push({ groupName: rule.groupName, ...place.value })
  }
  if (input.withoutGroup !== 'profile') return ok({ groups, defaultProfileId: null, defaultAccountId: null })
  const fallback = await placeOf(input.fallback)
  if (!fallback.ok) return fallback
  return ok({ groups, defaultProfileId: fallback.value.securityProfileId, defaultAccountId: fallback.value.accountId })
}

async function accountsOf(ctx: TenantContext, email: string): Promise<string[]> {
  if (email.trim() === '') return []
  const rows = await ctx.db.account.findMany({
    where: { tenantId: ctx.tenantId, email: { equals: email.trim(), mode: 'insensitive' }, status: { not: 'closed' } },
    select: { id: true },
    take: 2,
  })
  return rows.map(({ id }) => id)
}
