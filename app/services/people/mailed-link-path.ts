import type { TokenPurpose } from '#app/db/one-time-tokens.server.ts'

/** Where in a store the page stands that takes a mailed link of this purpose. */
export function mailedLinkPath(purpose: TokenPurpose, token: string): string {
  return `/${purpose}?token=${encodeURIComponent(token)}`
}
