import type { TenantContext } from '#app/db/context.server.ts'
import { groupsOfProvider, type IdentityProviderRow } from '#app/db/people/identity-providers.server.ts'
import type { DirectoryView } from './shape.ts'

/** What is shown of a directory of any kind, with profiles and accounts by their names. */
export async function directoryView(ctx: TenantContext, row: IdentityProviderRow): Promise<DirectoryView> {
  const rules = await groupsOfProvider(ctx, row.id)
  const names = await namesOf(ctx, row, rules)
  const { id, name, audience, state, createsPeople, emailDomains, withoutGroup, isSecondFactor } = row
  return {
    id,
    name,
    audience,
    state,
    createsPeople,
    emailDomains,
    withoutGroup,
    isSecondFactor,
    isTested: row.testedVersion === row.version,
    fallback: { profile: names.profile(row.defaultProfileId), account: names.account(row.defaultAccountId) },
    groups: rules.map(({ groupName, securityProfileId, accountId }) => ({
      groupName,
      profile: names.profile(securityProfileId),
      account: names.account(accountId),
    })),
  }
}

type Rules = Awaited<ReturnType<typeof groupsOfProvider>>

async function namesOf({ db, tenantId }: TenantContext, row: IdentityProviderRow, rules: Rules) {
  const profileIds = [...rules.map(({ securityProfileId }) => securityProfileId), row.defaultProfileId].filter((id) => id !== null)
  const accountIds = [...rules.map(({ accountId }) => accountId), row.defaultAccountId].filter((id) => id !== null)
  const profiles = await db.securityProfile.findMany({ where: { tenantId, id: { in: profileIds } }, select: { id: true, name: true } })
  const accounts = await db.account.findMany({ where: { tenantId, id: { in: accountIds } }, select: { id: true, email: true } })
  return {
    profile: (id: string | null) => profiles.find((one) => one.id === id)?.name ?? '',
    account: (id: string | null) => accounts.find((one) => one.id === id)?.email ?? '',
  }
}
