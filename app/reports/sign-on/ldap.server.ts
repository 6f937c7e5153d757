import type { TenantContext } from '#app/db/context.server.ts'
import { findIdentityProvider, groupsOfProvider, listIdentityProviders } from '#app/db/identity-providers.server.ts'
import type { LdapSettings } from '#app/domain/people/ldap-settings.ts'
import type { RuleView } from './shape.ts'

export type LdapLine = {
  readonly id: string
  readonly name: string
  readonly host: string
  readonly audience: 'staff' | 'customers'
  readonly state: 'draft' | 'active' | 'off'
}
/** A directory that speaks LDAP without its password: that is written and never shown. */
export type LdapView = LdapLine & {
  readonly settings: Partial<LdapSettings>
  readonly createsPeople: boolean
  readonly emailDomains: readonly string[]
  readonly withoutGroup: 'refuse' | 'keep' | 'profile'
  readonly isSecondFactor: boolean
  readonly isTested: boolean
  readonly fallback: Omit<RuleView, 'groupName'>
  readonly groups: readonly RuleView[]
}

/** The seller's directories that speak LDAP, in the order they were connected. */
export async function listLdap(ctx: TenantContext): Promise<LdapLine[]> {
  const rows = await listIdentityProviders(ctx, { kind: 'ldap' })
  return rows.map(({ id, name, audience, state, settings }) => ({ id, name, audience, state, host: String(settings.host ?? '') }))
}

/** One of them; undefined when the seller has none of that id. */
export async function readLdap(ctx: TenantContext, id: string): Promise<LdapView | undefined> {
  const { db, tenantId } = ctx
  const row = await findIdentityProvider(ctx, id)
  if (row?.kind !== 'ldap') return undefined
  const rules = await groupsOfProvider(ctx, id)
  const places = [...rules, { securityProfileId: row.defaultProfileId, accountId: row.defaultAccountId }]
  const profileIds = places.flatMap(({ securityProfileId }) => securityProfileId ?? [])
  const accountIds = places.flatMap(({ accountId }) => accountId ?? [])
  const profiles = await db.securityProfile.findMany({ where: { tenantId, id: { in: profileIds } }, select: { id: true, name: true } })
  const accounts = await db.account.findMany({ where: { tenantId, id: { in: accountIds } }, select: { id: true, email: true } })
  const named = (profileId: string | null, accountId: string | null) => ({
    profile: profiles.find((one) => one.id === profileId)?.name ?? '',
    account: accounts.find((one) => one.id === accountId)?.email ?? '',
  })
  const { name, audience, state, createsPeople, emailDomains, withoutGroup, isSecondFactor } = row
  const settings = row.settings as Partial<LdapSettings>
  return {
    ...{ id, name, audience, state, host: settings.host ?? '', settings, createsPeople, emailDomains, withoutGroup, isSecondFactor },
    isTested: row.testedVersion === row.version,
    fallback: named(row.defaultProfileId, row.defaultAccountId),
    groups: rules.map((rule) => ({ groupName: rule.groupName, ...named(rule.securityProfileId, rule.accountId) })),
  }
}
