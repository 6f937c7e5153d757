import type { LdapSettings } from '#app/domain/people/ldap-settings.ts'

/** What every directory of a seller is listed with. */
export type DirectoryLine = {
  readonly id: string
  readonly name: string
  readonly audience: 'staff' | 'customers'
  readonly state: 'draft' | 'active' | 'off'
}

/** What a group gives, by names: of customers the account by its e-mail address. */
export type RuleView = { readonly groupName: string; readonly profile: string; readonly account: string }

/** A directory of the seller without its secrets and its own settings: secrets are written and never shown. */
export type DirectoryView = DirectoryLine & {
  readonly createsPeople: boolean
  readonly emailDomains: readonly string[]
  readonly withoutGroup: 'refuse' | 'keep' | 'profile'
  readonly isSecondFactor: boolean
  /** Whether its present version was tried with success. */
  readonly isTested: boolean
  readonly fallback: Omit<RuleView, 'groupName'>
  readonly groups: readonly RuleView[]
}

export type ProviderLine = DirectoryLine & { readonly kind: 'oidc' | 'saml' }
/** A directory at which people sign in by their browser. */
export type ProviderView = ProviderLine & DirectoryView & { readonly settings: Readonly<Record<string, string>> }

export type LdapLine = DirectoryLine & { readonly host: string }
/** A directory that speaks LDAP. */
export type LdapView = LdapLine & DirectoryView & { readonly settings: Partial<LdapSettings> }
