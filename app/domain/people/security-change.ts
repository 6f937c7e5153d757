/** What changes of somebody's sign-in are told to them by mail. */
export const securityChanges = [
  'password-changed',
  'factor-added',
  'factor-removed',
  'codes-renewed',
  'code-used',
  'passkey-added',
  'passkey-removed',
] as const

export type SecurityChange = (typeof securityChanges)[number]
