/** One person who may act for the house or for an account. */
export type MemberRow = { readonly id: string; readonly name: string; readonly email: string; readonly profile: string }

/** One person of the store in the list of people; a person may stand here for several accounts. */
export type PersonRow = MemberRow & {
  readonly isEmailConfirmed: boolean
  /** Invited and has not set a password yet. */
  readonly isInvited: boolean
  readonly isDisabled: boolean
  /** The account the person acts for; null for the house organisation. */
  readonly account: { readonly id: string; readonly name: string } | null
  readonly lastSignIn: Date | null
  readonly createdAt: Date
}

/** `house` are the tenant's own people, `customer` those of buyers. */
export type PersonListFilter = {
  readonly side?: 'house' | 'customer' | undefined
  readonly search?: string | undefined
  readonly page: number
}
export type PersonList = {
  readonly rows: readonly PersonRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  /** Names of the tenant's security profiles. */
  readonly profiles: readonly string[]
}
