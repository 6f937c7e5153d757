import { ldapDirectory } from '#app/adapters/directory/ldap/ldap-directory.ts'
import { environment } from '#app/config/env.server.ts'
import { isPrivateAddress } from '#app/config/public-network.server.ts'
import { openSecret, sealSecret } from '#app/config/secret-box.server.ts'
import type { PasswordDirectoryPorts } from '#app/services/access/ask-directories.server.ts'
import type { KeepLdapPorts } from '#app/services/access/keep-ldap.server.ts'

/** Whether passwords may cross a line that is open: where nobody's real ones are typed. */
export function takesPlainDirectories(): boolean {
  const { NODE_ENV, LIVERY_DEMO } = environment()
  return NODE_ENV === 'test' || LIVERY_DEMO === '1'
}

/** Asks directories that check passwords themselves. */
export function passwordDirectoryPorts(): PasswordDirectoryPorts {
  const isOpen = (address: string) => environment().DIRECTORY_NETWORKS === 'private' || !isPrivateAddress(address)
  return {
    directory: ldapDirectory({ isOpen, allowsPlain: takesPlainDirectories() }),
    openSecret: (ciphertext, providerId) => openSecret(ciphertext, rowOf(providerId)),
  }
}

/** The same, and what keeping such directories needs. */
export function keepLdapPorts(): KeepLdapPorts {
  return {
    ...passwordDirectoryPorts(),
    takesPlain: takesPlainDirectories(),
    seal: (plain, providerId) => sealSecret(plain, rowOf(providerId)),
  }
}

function rowOf(providerId: string): string {
  return `identity_providers/${providerId}`
}
