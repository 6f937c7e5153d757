import { type Signal, weigh } from './risk.ts'

/** What speaks against an order. The names are kept with every screening: they stay. */
const orderReasons = [
  'new-account',
  'account-velocity',
  'address-velocity',
  'shared-card',
  'watched',
  'country-mismatch',
  'large-order',
  'failed-payments',
] as const
type OrderReason = (typeof orderReasons)[number]

/** Every signal there is; each has one weight, wherever it applies. */
export const fraudReasons = [...orderReasons, 'foreign-country', 'known-vat-id', 'large-payment', 'disputed'] as const
export type FraudReason = (typeof fraudReasons)[number]

/** Reasons that decide alone, whatever the score is. */
export type DecidingReason = 'denied' | 'allowed' | 'sign-up-waits' | 'sign-up-refused' | 'everyone'

export type ScreeningVerdict = 'pass' | 'review' | 'refuse'

/** How a seller weighs. Points by reason; from `reviewScore` on a person looks, from `refuseScore` on the order is refused. */
export type FraudWeights = {
  readonly weights: Readonly<Record<FraudReason, number>>
  readonly reviewScore: number
  readonly refuseScore: number
}

/** What is known of an order as it is screened. Counts are of the last 24 hours and leave the order itself out. */
export type OrderFacts = {
  readonly accountAgeHours: number
  readonly ordersOfAccount: number
  /** Other accounts that ordered from the same network address. */
  readonly accountsAtAddress: number
  /** Other accounts that saved a card of the same label and last digits. */
  readonly accountsWithCard: number
  readonly failedPayments: number
  readonly country: string
  /** The country that issued the VAT id; null without one. */
  readonly vatCountry: string | null
  readonly netMinor: bigint
  /** What a first order in its currency usually does not exceed, net; null when the seller names none. */
  readonly largeFromMinor: bigint | null
  /** The lists on which something stands by which the buyer is known: see `listKeysOf`, and ranges of network addresses. */
  readonly lists: readonly ('allow' | 'watch' | 'deny')[]
  /** Where the account itself waits for a person, or was refused: its orders do, too. */
  readonly signUp: 'waiting' | 'refused' | null
}

export type Screening = {
  readonly verdict: ScreeningVerdict
  readonly score: number
  readonly reasons: readonly Signal<FraudReason | DecidingReason>[]
}

const newAccountHours = 24
const usualOrders = 5
const usualAccountsAtAddress = 2
const usualFailures = 2

/**
 * Judges one order: the sum of the points of every reason that applies. A deny list refuses and an allow list passes before anything is
 * counted, deny before allow; what an account that waits orders waits with it. Same facts, same verdict.
 */
export function screen(facts: OrderFacts, { weights, reviewScore, refuseScore }: FraudWeights): Screening {
  if (facts.lists.includes('deny')) return { verdict: 'refuse', score: refuseScore, reasons: [{ reason: 'denied', points: refuseScore }] }
  if (facts.signUp === 'refused')
    return { verdict: 'refuse', score: refuseScore, reasons: [{ reason: 'sign-up-refused', points: refuseScore }] }
  if (facts.lists.includes('allow') && !facts.signUp) return { verdict: 'pass', score: 0, reasons: [{ reason: 'allowed', points: 0 }] }
  const { score, signals } = weigh(facts, weights, applies)
  const verdict = verdictOf(score, { reviewScore, refuseScore })
  if (!facts.signUp || verdict === 'refuse') return { verdict, score, reasons: signals }
  return { verdict: 'review', score, reasons: [...signals, { reason: 'sign-up-waits', points: 0 }] }
}

/** What a sum of points leads to. */
export function verdictOf(
  score: number,
  { reviewScore, refuseScore }: Pick<FraudWeights, 'reviewScore' | 'refuseScore'>,
): ScreeningVerdict {
  return score >= refuseScore ? 'refuse' : score >= reviewScore ? 'review' : 'pass'
}

const applies: Readonly<Record<OrderReason, (facts: OrderFacts) => boolean>> = {
  'new-account': ({ accountAgeHours }) => accountAgeHours < newAccountHours,
  'account-velocity': ({ ordersOfAccount }) => ordersOfAccount >= usualOrders,
  'address-velocity': ({ accountsAtAddress }) => accountsAtAddress > usualAccountsAtAddress,
  'shared-card': ({ accountsWithCard }) => accountsWithCard > 0,
  watched: ({ lists }) => lists.includes('watch'),
  'country-mismatch': ({ country, vatCountry }) => vatCountry !== null && vatCountry !== country,
  'large-order': ({ netMinor, largeFromMinor }) => largeFromMinor !== null && netMinor > largeFromMinor,
  'failed-payments': ({ failedPayments }) => failedPayments > usualFailures,
}
