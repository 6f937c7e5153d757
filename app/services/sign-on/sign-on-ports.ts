import type { IdentityProviderRow } from '#app/db/people/identity-providers.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { SignOnAddresses, SignOnDirectories, SignOnDirectory } from '#app/ports/sign-on.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

export type ProviderSecrets = Readonly<Record<string, string>>

/** What signing in at a directory needs of the outside. */
export type SignOnPorts = {
  readonly directories: SignOnDirectories
  openSecrets(ciphertext: Uint8Array | null, providerId: string): ProviderSecrets
  /** Our addresses that the directory is told, in the store at `host`. */
  addressesAt(host: string, providerId: string): SignOnAddresses
}
export type SignOnProcess = TenantProcess<SignOnPorts>

/** Opens a directory without speaking to anybody. */
export function openDirectory({ ports }: { readonly ports: SignOnPorts }, row: IdentityProviderRow, host: string): SignOnDirectory {
  const { id, kind, settings, secretCiphertext } = row
  invariant(kind !== 'ldap', 'a directory that checks passwords itself has no pages')
  return ports.directories.open({
    kind,
    settings,
    secrets: ports.openSecrets(secretCiphertext, id),
    addresses: ports.addressesAt(host, id),
  })
}
