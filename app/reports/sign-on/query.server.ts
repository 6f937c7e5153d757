import type { TenantContext } from '#app/db/context.server.ts'
import { type IdentityLine, listIdentities } from '#app/db/external-identities.server.ts'
import { primaryHost } from '#app/db/hosts.server.ts'
import {
  findIdentityProvider,
  groupsOfProvider,
  type IdentityProviderRow,
  listIdentityProviders,
} from '#app/db/identity-providers.server.ts'
import type { ProviderLine, ProviderView } from './shape.ts'

/** The directories that the page of the sign-in offers, by the names sellers gave them; never those that only check passwords. */
export async function signOnChoices(ctx: TenantContext): Promise<{ id: string; name: string }[]> {
  const rows = await listIdentityProviders(ctx, { state: 'active' })
  return rows.filter(({ kind }) => kind !== 'ldap').map(({ id, name }) => ({ id, name }))
}

/** The seller's directories that people sign in at by their browser, without their secrets. */
export async function listProviders(ctx: TenantContext): Promise<ProviderLine[]> {
  const rows = await listIdentityProviders(ctx)
  return rows.flatMap(({ id, kind, name, audience, state }) => (kind === 'ldap' ? [] : [{ id, kind, name, audience, state }]))
}

/** One of them; undefined when the seller has none of that id. */
export async function readProvider(ctx: TenantContext, id: string): Promise<ProviderView | undefined> {
  const row = await findIdentityProvider(ctx, id)
  if (!row || row.kind === 'ldap') return undefined
  const rules = await groupsOfProvider(ctx, id)
  const names = await namesOf(ctx, row, rules)
  const { kind, name, audience, state, createsPeople, emailDomains, withoutGroup, isSecondFactor } = row
  const settings = Object.fromEntries(Object.entries(row.settings).map(([key, value]) => [key, String(value)]))
  const fallback = { profile: names.profile(row.defaultProfileId), account: names.account(row.defaultAccountId) }
  const groups = rules.map(({ groupName, securityProfileId, accountId }) => ({
    ...{ groupName, profile: names.profile(securityProfileId), account: names.account(accountId) },
  }))
  const isTested = row.testedVersion === row.version
  return {
    id,
    kind,
    name,
    audience,
    state,
    settings,
    createsPeople,
    emailDomains,
    withoutGroup,
    isSecondFactor,
    isTested,
    fallback,
    groups,
  }
}

/** Who came in by a directory, the latest first. */
export function peopleOfProvider(ctx: TenantContext, id: string): Promise<IdentityLine[]> {
  return listIdentities(ctx, id)
}

/** The host that directories lead to; null while the seller has none. */
export function signOnHost(ctx: TenantContext): Promise<string | null> {
  return primaryHost(ctx)
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
