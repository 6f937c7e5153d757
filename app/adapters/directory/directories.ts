import type { SignOnDirectories } from '#app/ports/sign-on.ts'
import { type DirectoryLimits, usualLimits } from './guarded-fetch.ts'
import { oidcDirectory } from './oidc/oidc-directory.ts'
import { samlDirectory } from './saml/saml-directory.ts'

/** Opens directories that people sign in at by their browser. */
export function signOnDirectories(reachesPrivateNetworks: boolean): SignOnDirectories {
  const limits: DirectoryLimits = { ...usualLimits, reachesPrivateNetworks }
  return { open: (provider) => (provider.kind === 'oidc' ? oidcDirectory(provider, limits) : samlDirectory(provider, limits)) }
}
