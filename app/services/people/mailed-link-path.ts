import type { TokenPurpose } from '#app/db/one-time-tokens.server.ts'

const pages = { 'confirm-email': '/confirm?', 'reset-password': '/reset?', invite: '/reset?purpose=invite&' } as const

/** The page of a store that takes a mailed link of this purpose. */
export function mailedLinkPath(purpose: TokenPurpose, token: string): string {
  return `${pages[purpose]}token=${encodeURIComponent(token)}`
}
