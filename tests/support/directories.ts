import { newId } from '#app/db/ids.server.ts'
import {
  insertIdentityProvider,
  noteProviderTested,
  type ProviderKind,
  type ProviderTerms,
  replaceProviderGroups,
  saveProviderState,
} from '#app/db/people/identity-providers.server.ts'
import { findSecurityProfile } from '#app/db/people/people.server.ts'
import { asOffice } from '#tests/support/builders.ts'

/** A rule for tests: the profile by its name. */
export type NamedRule = { readonly groupName: string; readonly profile: string; readonly accountId?: string }
export type ConnectedDirectory = Partial<ProviderTerms> & {
  readonly id?: string
  readonly kind?: ProviderKind
  readonly groups?: readonly NamedRule[]
}

const usual = {
  name: 'Directory',
  audience: 'staff',
  createsPeople: true,
  emailDomains: ['ahorn.example'],
  withoutGroup: 'refuse',
  defaultProfileId: null,
  defaultAccountId: null,
  isSecondFactor: false,
  settings: {},
  secret: null,
} as const

/** A directory of the seller that is in use. */
export async function connectDirectory(tenantId: string, { groups = [], kind = 'oidc', id = newId(), ...terms }: ConnectedDirectory = {}) {
  await asOffice(tenantId, async (ctx) => {
    await insertIdentityProvider(ctx, { ...usual, ...terms, id, kind })
    const rules = []
    for (const { groupName, profile, accountId = null } of groups) {
      const securityProfileId = await findSecurityProfile(ctx, profile)
      if (!securityProfileId) throw new Error(profile)
      rules.push({ groupName, securityProfileId, accountId })
    }
    await replaceProviderGroups(ctx, id, rules)
    await noteProviderTested(ctx, id, 1)
    await saveProviderState(ctx, id, 'active')
  })
  return id
}
