/** One person who may act for the house or for an account. */
export type MemberRow = { readonly id: string; readonly name: string; readonly email: string; readonly profile: string }

/** One person of the store in the list of people; a person may stand here for several accounts. */
export type PersonRow = MemberRow & {
  readonly membershipId: string
  /** A profile the account or the house made, not one every seller starts with. */
  readonly isOwnProfile: boolean
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
}

/** One change of the people of the house or of what they may do. */
export type AccessChange = {
  readonly id: string
  readonly at: Date
  /** The person who made it; null for the command line and automatic actions. */
  readonly by: string | null
  readonly action: AccessAction
  /** The person, the address or the profile it is about. */
  readonly subject: string
  /** The profile a person has since. */
  readonly profile: string | null
  /** What a profile gives since, and no longer. */
  readonly given: readonly string[]
  readonly taken: readonly string[]
}

export const accessActions = [
  'member.added',
  'member.invited',
  'member.invitation-withdrawn',
  'member.joined',
  'member.changed',
  'member.removed',
  'profile.added',
  'profile.changed',
  'profile.removed',
] as const
export type AccessAction = (typeof accessActions)[number]
