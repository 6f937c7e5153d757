import type { SignedOnFacts } from '#app/domain/people/signed-on.ts'

/** The addresses of ours that a directory is told. */
export type SignOnAddresses = {
  /** Where OpenID Connect leads back to. */
  readonly callback: string
  /** Where SAML posts what it says of a person. */
  readonly acs: string
  /** What SAML calls us, and where it reads who we are. */
  readonly metadata: string
  /** Where a directory tells of a sign-out. */
  readonly logout: string
  /** Where a directory leads to after a sign-out that began here. */
  readonly afterLogout: string
}

/** A directory that people sign in at by their browser. */
export type SignOnProvider = {
  readonly kind: 'oidc' | 'saml'
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
  readonly addresses: SignOnAddresses
}

/** What a sign-in on its way has to remember; each kind uses its own. */
export type SignOnWaiting = { readonly requestId: string | null; readonly nonce: string | null; readonly verifier: string | null }
/** `url` is where the browser goes. */
export type SignOnBegun = SignOnWaiting & { readonly url: string }

/** What came back: the address as the browser asked for it, and the fields of a form that was posted. */
export type SignOnMessage = { readonly url: string; readonly fields: Readonly<Record<string, string>> }

/** What a directory said of a person, proven to be its word to us, now, in answer to our question. */
export type SignedOn = SignedOnFacts

/** Whose sessions a directory ends: a person's, or one sign-in. `answerUrl` is where the browser goes on to; null for a message of servers. */
export type LogoutAsked = { readonly subject: string | null; readonly session: string | null; readonly answerUrl: string | null }
export type LeavingPerson = { readonly subject: string; readonly session: string | null; readonly logoutHint: string | null }

/** One thing a trial found out, such as the address people are led to; never a secret. */
export type SignOnFinding = {
  readonly what: 'issuer' | 'sign-in' | 'sign-out' | 'certificate-until' | 'no-sign-out' | 'keys'
  readonly value: string
}

export type SignOnFailure =
  | 'unreachable'
  | 'refused-address'
  /** What was entered is not what the directory says of itself, or cannot be read. */
  | 'wrong-settings'
  /** The directory said no, such as after a person who pressed cancel. */
  | 'refused'
  /** What came is not provably the directory's word to us. */
  | 'not-proven'

/** Why a directory could not be used; the message is for the log of the installation. */
export class SignOnFailed extends Error {
  constructor(
    readonly code: SignOnFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Speaks with one directory. Everything throws `SignOnFailed` and nothing else. */
export type SignOnDirectory = {
  /** Tries what can be tried without a person. */
  check(): Promise<readonly SignOnFinding[]>
  /** Begins a sign-in; `word` comes back with the answer. */
  begin(word: string): Promise<SignOnBegun>
  /** Reads the answer to the sign-in that waits under `word`. */
  finish(answer: SignOnMessage & { readonly word: string }, waiting: SignOnWaiting): Promise<SignedOn>
  /** Where the browser goes to sign out there as well; null when the directory has no such place. */
  leave(person: LeavingPerson, word: string): Promise<string | null>
  /** Reads a message of the directory that somebody signed out there. */
  readLogout(message: SignOnMessage): Promise<LogoutAsked>
  /** What we tell of ourselves, as a document; null where the kind has none. */
  describeUs(): string | null
}

export type SignOnDirectories = { open(provider: SignOnProvider): SignOnDirectory }
