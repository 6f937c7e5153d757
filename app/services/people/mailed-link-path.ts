import type { TokenPurpose } from '#app/db/people/one-time-tokens.server.ts'

const pages = {
  'confirm-email': '/confirm?',
  'change-email': '/confirm?purpose=change-email&',
  'reset-password': '/reset?',
  invite: '/reset?purpose=invite&',
} as const

/** The page of a store that takes a mailed link of this purpose. */
export function mailedLinkPath(purpose: TokenPurpose | 'change-email', token: string): string {
  return `${pages[purpose]}token=${encodeURIComponent(token)}`
}
