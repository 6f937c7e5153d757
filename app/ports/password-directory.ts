import type { LdapSettings } from '#app/domain/people/ldap-settings.ts'

export type DirectoryConnection = { readonly settings: LdapSettings; readonly bindPassword: string }

/** A person as a directory knows them. */
export type DirectoryEntry = {
  /** Stays with the person for good. */
  readonly subject: string
  readonly email: string | null
  readonly name: string | null
  /** By their full names in the directory. */
  readonly groups: readonly string[]
}

export type DirectoryReport = {
  /** People found, at most 500, and those of them that have an address and a name that stays. */
  readonly people: number
  readonly usable: number
  readonly isMore: boolean
  /** Groups seen, at most 100, by their full names. */
  readonly groups: readonly string[]
}

export type DirectoryProblem =
  | 'unreachable'
  | 'refused-address'
  | 'not-encrypted'
  | 'certificate'
  | 'bind-refused'
  | 'base-missing'
  | 'timed-out'
  | 'too-large'
  | 'unreadable'

/** A directory that could not be asked: never an answer about a person. */
export class DirectoryError extends Error {
  constructor(
    readonly problem: DirectoryProblem,
    options?: ErrorOptions,
  ) {
    super(`directory: ${problem}`, options)
  }
}

/** Asks directories that check passwords themselves. */
export interface PasswordDirectory {
  /**
   * The person who types `login` and `password`; null for somebody unknown, for a wrong password and for a login that two people have, after
   * the same steps. @throws DirectoryError
   */
  check(connection: DirectoryConnection, typed: { readonly login: string; readonly password: string }): Promise<DirectoryEntry | null>
  /** What there is to see with the connection. @throws DirectoryError */
  examine(connection: DirectoryConnection): Promise<DirectoryReport>
}
