import { inTenant } from '#app/db/context.server.ts'
import { type IdentityProviderRow, listIdentityProviders } from '#app/db/people/identity-providers.server.ts'
import { LdapSettings } from '#app/domain/people/ldap-settings.ts'
import { isOfDomain } from '#app/domain/people/way-in.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { type DirectoryConnection, DirectoryError, type PasswordDirectory } from '#app/ports/password-directory.ts'
import type { DirectoryPerson } from './sign-in-from-directory.server.ts'

/** What asking directories for passwords needs of the outside. */
export type PasswordDirectoryPorts = {
  readonly directory: PasswordDirectory
  /** The password of the service account, of the directory with that id. */
  openSecret(ciphertext: Uint8Array, providerId: string): string
}

export type AskDirectoriesInput = { readonly tenantId: string; readonly email: string; readonly password: string }
export type AskDirectoriesError = 'wrong-credentials' | 'directory-unavailable'
/** `failures` are for the log of the installation; they name no person. */
export type AskedDirectories = {
  readonly answer: Result<DirectoryPerson, AskDirectoriesError>
  readonly failures: readonly { readonly providerId: string; readonly problem: string }[]
}

/**
 * Asks the seller's directories that answer for the address's domain, or for all, whether the password is somebody's. Which are asked hangs
 * on the domain alone, never on whether anybody has the address: neither time nor answer tells. A directory that cannot be asked lets nobody in.
 */
export async function askDirectories(
  { directory, openSecret }: PasswordDirectoryPorts,
  { tenantId, email, password }: AskDirectoriesInput,
): Promise<AskedDirectories> {
  const failures: { providerId: string; problem: string }[] = []
  for (const provider of await directoriesFor(tenantId, email)) {
    try {
      const entry = await directory.check(connectionOf(provider, openSecret), { login: email, password })
      if (entry) return { answer: ok({ ...entry, providerId: provider.id, isEmailVerified: null }), failures }
    } catch (error) {
      if (!(error instanceof DirectoryError)) throw error
      failures.push({ providerId: provider.id, problem: error.problem })
    }
  }
  return { answer: err(failures.length > 0 ? 'directory-unavailable' : 'wrong-credentials'), failures }
}

/** The names of the directories that keep the passwords of an address's domain. */
export async function keepersOfPasswords(tenantId: string, email: string): Promise<string[]> {
  const providers = await directoriesFor(tenantId, email)
  return providers.filter(({ emailDomains }) => emailDomains.length > 0).map(({ name }) => name)
}

/** The name of the directory in use that keeps a person's password; null for a person whom none knows. */
export function keeperOfPassword(tenantId: string, userId: string): Promise<string | null> {
  return inTenant(tenantId, async ({ db }) => {
    const identity = await db.externalIdentity.findFirst({
      where: { tenantId, userId, provider: { kind: 'ldap', state: 'active' } },
      select: { provider: { select: { name: true } } },
      orderBy: { createdAt: 'asc' },
    })
    return identity?.provider.name ?? null
  })
}

async function directoriesFor(tenantId: string, email: string): Promise<IdentityProviderRow[]> {
  const providers = await inTenant(tenantId, (ctx) => listIdentityProviders(ctx, { state: 'active', kind: 'ldap' }))
  return providers.filter(({ emailDomains }) => emailDomains.length === 0 || isOfDomain(email.trim(), emailDomains))
}

/** A directory of the seller as its adapter needs it. @throws DirectoryError for settings that are none. */
export function connectionOf(
  { id, settings, secretCiphertext }: Pick<IdentityProviderRow, 'id' | 'settings' | 'secretCiphertext'>,
  openSecret: PasswordDirectoryPorts['openSecret'],
): DirectoryConnection {
  const read = LdapSettings.safeParse(settings)
  if (!read.success || !secretCiphertext) throw new DirectoryError('unreadable')
  return { settings: read.data, bindPassword: openSecret(secretCiphertext, id) }
}
