import { err, ok, type Result } from '../shared/result.ts'

/** For whom a directory vouches: the seller's staff, or people of its customers. */
export type DirectoryAudience = 'staff' | 'customers'

export type WayInAsked = {
  readonly audience: DirectoryAudience
  /** Domains whose addresses the directory answers for. */
  readonly emailDomains: readonly string[]
  readonly createsPeople: boolean
  readonly email: string | null
  /** What the directory says of the address; null when it says nothing. */
  readonly isEmailVerified: boolean | null
  /** The person with this address here, if there is one. */
  readonly known: { readonly isStaff: boolean; readonly ownsHouse: boolean } | null
}
export type WayInProblem = 'email-missing' | 'email-not-proven' | 'not-known-here' | 'not-for-staff'

/**
 * How somebody comes in whom a directory names for the first time: as a new person, as the one who has the address here, or as that one
 * after a proof by the password. An address is believed of a domain that the directory answers for; for a new person it is enough that the
 * directory has checked it. An owner of the house is never taken over by an address, and no directory of customers leads to staff.
 */
export function wayIn(asked: WayInAsked): Result<'create' | 'link' | 'prove', WayInProblem> {
  const { audience, email, isEmailVerified, known } = asked
  if (!email) return err('email-missing')
  const isTrusted = isEmailVerified !== false && isOfDomain(email, asked.emailDomains)
  if (known) {
    if (audience === 'customers' && known.isStaff) return err('not-for-staff')
    return ok(isTrusted && !known.ownsHouse ? 'link' : 'prove')
  }
  if (!asked.createsPeople) return err('not-known-here')
  return isTrusted || isEmailVerified === true ? ok('create') : err('email-not-proven')
}

/** Whether the address is of one of the domains itself; a domain below one of them is another one. */
export function isOfDomain(email: string, domains: readonly string[]): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  return domains.some((one) => one.toLowerCase() === domain)
}
