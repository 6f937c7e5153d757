import type { Money } from '../money/money.ts'
import type { LocalDate } from '../time/local-date.ts'

/** Where a grant comes from: money that was paid ahead, or credit that the seller gives. */
export const grantKinds = ['top-up', 'staff', 'promo', 'trial'] as const
export type GrantKind = (typeof grantKinds)[number]

/** Kinds that staff give; the first one is the usual. */
export const givenKinds = ['staff', 'promo', 'trial'] as const satisfies readonly GrantKind[]
export type GivenKind = (typeof givenKinds)[number]

/** What a grant may pay: everything, what meters counted, fees, or lines of single products. */
export const grantScopes = ['all', 'usage', 'fees', 'products'] as const
export type GrantScope = (typeof grantScopes)[number]

/** `waiting` for a second person, `refused` by one; `expired` when its last day passed. */
export type GrantState = 'waiting' | 'active' | 'refused' | 'expired'

/** One amount of a prepaid balance. `remaining` may be spent; `expiresOn` is the last day of the seller's zone on which it may. */
export type CreditGrant = {
  readonly id: string
  readonly accountId: string
  readonly kind: GrantKind
  readonly amount: Money
  readonly remaining: Money
  /** The lowest is used first. */
  readonly priority: number
  readonly scope: GrantScope
  /** Of the scope `products`: whose lines it pays. */
  readonly productIds?: readonly string[]
  readonly expiresOn: LocalDate | null
}

/** What the kinds are used by unless staff say otherwise: what costs the buyer nothing goes first, its own money last. */
export const usualPriority: Readonly<Record<GrantKind, number>> = { trial: 10, promo: 20, staff: 30, 'top-up': 50 }

/**
 * In which of two grants is spent first: by priority, then the one that expires first, then the older one. Ids are ordered by time.
 */
export function byUse(
  a: Pick<CreditGrant, 'priority' | 'expiresOn' | 'id'>,
  b: Pick<CreditGrant, 'priority' | 'expiresOn' | 'id'>,
): number {
  return a.priority - b.priority || compareDays(a.expiresOn, b.expiresOn) || (a.id < b.id ? -1 : Number(a.id > b.id))
}

/** What never expires comes after everything that does. */
function compareDays(a: LocalDate | null, b: LocalDate | null): number {
  if (a === b) return 0
  if (a === null) return 1
  return b === null || a < b ? -1 : 1
}

export type GrantTermsProblem = 'amount-not-positive' | 'expiry-in-past' | 'expiry-missing' | 'priority-out-of-range' | 'products-missing'

/**
 * Why staff may not give credit on these terms; null when they may. A trial always ends. Money that was paid is never given by hand.
 */
export function whyNotGiven(terms: {
  readonly kind: GivenKind
  readonly amount: Money
  readonly priority: number
  readonly expiresOn: LocalDate | null
  readonly today: LocalDate
  readonly scope?: GrantScope
  readonly productIds?: readonly string[] | undefined
}): GrantTermsProblem | null {
  if (terms.amount.minor <= 0n) return 'amount-not-positive'
  if (terms.kind === 'trial' && terms.expiresOn === null) return 'expiry-missing'
  if (terms.expiresOn !== null && terms.expiresOn < terms.today) return 'expiry-in-past'
  if (terms.scope === 'products' && !terms.productIds?.length) return 'products-missing'
  return terms.priority >= 0 && terms.priority <= 99 ? null : 'priority-out-of-range'
}

/**
 * Whether a second person has to approve a credit: above the seller's limit in its own currency, and in any other currency as soon as
 * there is a limit, since nothing is converted. Without a limit nobody is asked.
 */
export function needsApproval(amount: Money, limit: Money | null): boolean {
  if (limit === null) return false
  return amount.currency !== limit.currency || amount.minor > limit.minor
}
