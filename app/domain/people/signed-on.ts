/** What a directory said of somebody who signed in there. */
export type SignedOnFacts = {
  readonly subject: string
  readonly email: string | null
  readonly isEmailVerified: boolean | null
  readonly name: string | null
  readonly groups: readonly string[]
  readonly session: string | null
  readonly logoutHint: string | null
}
