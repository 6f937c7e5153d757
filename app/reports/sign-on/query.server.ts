import type { TenantContext } from '#app/db/context.server.ts'
import { type IdentityLine, listIdentities } from '#app/db/people/external-identities.server.ts'
import { findIdentityProvider, listIdentityProviders } from '#app/db/people/identity-providers.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import { directoryView } from './directory-view.server.ts'
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
  const settings = Object.fromEntries(Object.entries(row.settings).map(([key, value]) => [key, String(value)]))
  return { ...(await directoryView(ctx, row)), kind: row.kind, settings }
}

/** Who came in by a directory, the latest first. */
export function peopleOfProvider(ctx: TenantContext, id: string): Promise<IdentityLine[]> {
  return listIdentities(ctx, id)
}

/** The host that directories lead to; null while the seller has none. */
export function signOnHost(ctx: TenantContext): Promise<string | null> {
  return primaryHost(ctx)
}
