export type ProviderLine = {
  readonly id: string
  readonly kind: 'oidc' | 'saml'
  readonly name: string
  readonly audience: 'staff' | 'customers'
  readonly state: 'draft' | 'active' | 'off'
}

/** What a group gives, by names: of customers the account by its e-mail address. */
export type RuleView = { readonly groupName: string; readonly profile: string; readonly account: string }

/** A directory of the seller without its secrets: those are written and never shown. */
export type ProviderView = ProviderLine & {
  readonly settings: Readonly<Record<string, string>>
  readonly createsPeople: boolean
  readonly emailDomains: readonly string[]
  readonly withoutGroup: 'refuse' | 'keep' | 'profile'
  readonly isSecondFactor: boolean
  /** Whether its present version was tried with success. */
  readonly isTested: boolean
  readonly fallback: Omit<RuleView, 'groupName'>
  readonly groups: readonly RuleView[]
}
