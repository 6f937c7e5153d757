/** What speaks against an order. The names are kept with every screening: they stay. */
export const fraudReasons = [
  'new-account',
  'account-velocity',
  'address-velocity',
  'shared-card',
  'watched',
  'country-mismatch',
  'large-order',
  'failed-payments',
] as const
export type FraudReason = (typeof fraudReasons)[number]

/** Reasons that decide alone, whatever the score is. */
export type DecidingReason = 'denied' | 'allowed'

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
  /** The lists on which the buyer's mail address, its domain, the network address or the VAT id stand. */
  readonly lists: readonly ('allow' | 'watch' | 'deny')[]
}

export type Screening = {
  readonly verdict: ScreeningVerdict
  readonly score: number
  readonly reasons: readonly { readonly reason: FraudReason | DecidingReason; readonly points: number }[]
}

const newAccountHours = 24
const usualOrders = 5
const usualAccountsAtAddress = 2
const usualFailures = 2

/**
 * Judges one order: the sum of the points of every reason that applies. A deny list refuses and an allow list passes before anything is
 * counted, deny before allow. Same facts, same verdict.
 */
export function screen(facts: OrderFacts, { weights, reviewScore, refuseScore }: FraudWeights): Screening {
  if (facts.lists.includes('deny')) return { verdict: 'refuse', score: refuseScore, reasons: [{ reason: 'denied', points: refuseScore }] }
  if (facts.lists.includes('allow')) return { verdict: 'pass', score: 0, reasons: [{ reason: 'allowed', points: 0 }] }
  const reasons = fraudReasons
    .filter((reason) => weights[reason] > 0 && applies[reason](facts))
    .map((reason) => ({ reason, points: weights[reason] }))
  const score = reasons.reduce((sum, { points }) => sum + points, 0)
  return { verdict: score >= refuseScore ? 'refuse' : score >= reviewScore ? 'review' : 'pass', score, reasons }
}

const applies: Readonly<Record<FraudReason, (facts: OrderFacts) => boolean>> = {
  'new-account': ({ accountAgeHours }) => accountAgeHours < newAccountHours,
  'account-velocity': ({ ordersOfAccount }) => ordersOfAccount >= usualOrders,
  'address-velocity': ({ accountsAtAddress }) => accountsAtAddress > usualAccountsAtAddress,
  'shared-card': ({ accountsWithCard }) => accountsWithCard > 0,
  watched: ({ lists }) => lists.includes('watch'),
  'country-mismatch': ({ country, vatCountry }) => vatCountry !== null && vatCountry !== country,
  'large-order': ({ netMinor, largeFromMinor }) => largeFromMinor !== null && netMinor > largeFromMinor,
  'failed-payments': ({ failedPayments }) => failedPayments > usualFailures,
}
