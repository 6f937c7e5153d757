/** One person of an account or of the house, as its owner sees it. */
export type PanelMember = {
  readonly membershipId: string
  readonly userId: string
  readonly name: string
  readonly email: string
  /** Null for the house organisation. */
  readonly accountId: string | null
  readonly accountName: string | null
  readonly profileId: string
  readonly profile: string
  readonly isOwnProfile: boolean
  readonly isOwner: boolean
  /** Sees only the named projects. */
  readonly isLimited: boolean
  readonly projectIds: readonly string[]
  readonly projectNames: readonly string[]
}

export type OpenInvitationRow = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly profile: string
  readonly isOwnProfile: boolean
  readonly expiresAt: Date
  readonly isExpired: boolean
}

/** A profile that members can have, and how many have it. */
export type ShownProfile = {
  readonly id: string
  readonly name: string
  readonly isOwner: boolean
  readonly permissions: readonly string[]
  /** The account's or the house's own, which its owner may change; the others every seller starts with. */
  readonly isOwn: boolean
  readonly accountId: string | null
  readonly members: number
}

export type MembersPage = {
  readonly members: readonly PanelMember[]
  readonly invitations: readonly OpenInvitationRow[]
  readonly profiles: readonly ShownProfile[]
  /** The account and its departments. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[]
  readonly projects: readonly { readonly id: string; readonly name: string; readonly accountId: string }[]
}

/** A key as its account sees it; the key itself is nowhere. */
export type ShownApiKey = {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly person: string
  readonly permissions: readonly string[]
  readonly networks: readonly string[]
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly lastUsedAt: Date | null
  readonly state: 'active' | 'expired' | 'revoked'
}
