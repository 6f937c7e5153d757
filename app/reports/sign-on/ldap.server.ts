import type { TenantContext } from '#app/db/context.server.ts'
import { findIdentityProvider, listIdentityProviders } from '#app/db/people/identity-providers.server.ts'
import type { LdapSettings } from '#app/domain/people/ldap-settings.ts'
import { directoryView } from './directory-view.server.ts'
import type { LdapLine, LdapView } from './shape.ts'

/** The seller's directories that speak LDAP, in the order they were connected. */
export async function listLdap(ctx: TenantContext): Promise<LdapLine[]> {
  const rows = await listIdentityProviders(ctx, { kind: 'ldap' })
  return rows.map(({ id, name, audience, state, settings }) => ({ id, name, audience, state, host: String(settings.host ?? '') }))
}

/** One of them; undefined when the seller has none of that id. */
export async function readLdap(ctx: TenantContext, id: string): Promise<LdapView | undefined> {
  const row = await findIdentityProvider(ctx, id)
  if (row?.kind !== 'ldap') return undefined
  const settings = row.settings as Partial<LdapSettings>
  return { ...(await directoryView(ctx, row)), host: settings.host ?? '', settings }
}
