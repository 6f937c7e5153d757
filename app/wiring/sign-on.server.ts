import { signOnDirectories } from '#app/adapters/directory/directories.ts'
import { makeOwnCertificate } from '#app/adapters/directory/saml/own-certificate.ts'
import { clock } from '#app/config/clock.server.ts'
import { environment } from '#app/config/env.server.ts'
import { openSecret, sealSecret } from '#app/config/secret-box.server.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import type { SignOnAddresses } from '#app/ports/sign-on.ts'
import type { ProviderKeepingPorts } from '#app/services/sign-on/keep-provider.server.ts'
import type { ProviderSecrets, SignOnPorts } from '#app/services/sign-on/sign-on-ports.ts'

/** Reaches the directories that people sign in at by their browser. */
export function signOnPorts(): SignOnPorts {
  const reachesPrivateNetworks = environment().DIRECTORY_NETWORKS === 'private'
  return { directories: signOnDirectories(reachesPrivateNetworks), openSecrets, addressesAt: signOnAddresses }
}

/** What keeping directories needs of the outside. */
export function providerKeepingPorts(): ProviderKeepingPorts {
  return {
    ...signOnPorts(),
    seal: (secrets, id) => sealSecret(JSON.stringify(secrets), providerRow(id)),
    makeKeys: async (kind) => (kind === 'saml' ? makeOwnCertificate(clock.now()) : {}),
  }
}

/** Our addresses that a directory is told. */
export function signOnAddresses(host: string, providerId: string): SignOnAddresses {
  const at = (path: string) => storeAddress(host, `/sign-on/${providerId}/${path}`)
  return {
    callback: at('return'),
    acs: at('acs'),
    metadata: at('metadata'),
    logout: at('logout'),
    afterLogout: storeAddress(host, '/signed-out'),
  }
}

function openSecrets(ciphertext: Uint8Array | null, providerId: string): ProviderSecrets {
  return ciphertext ? JSON.parse(openSecret(ciphertext, providerRow(providerId))) : {}
}

function providerRow(providerId: string): string {
  return `identity_providers/${providerId}`
}
