import { weigh } from './risk.ts'
import type { FraudReason, FraudWeights, Screening } from './screen.ts'

/** What is known of a payment by card or wallet. Counts of failures are of the last 24 hours. */
export type PaymentFacts = {
  readonly accountAgeHours: number
  /** Other accounts that saved the same card: the same fingerprint, or label and last digits where none is known. */
  readonly accountsWithCard: number
  readonly failedPayments: number
  /** Disputes of payments of the account before. */
  readonly disputes: number
  readonly country: string
  readonly vatCountry: string | null
  readonly minor: bigint
  /** What a first payment in its currency usually does not exceed; null for later ones. */
  readonly largeFromMinor: bigint | null
  readonly lists: readonly ('allow' | 'watch' | 'deny')[]
}

type PaymentReason = Extract<
  FraudReason,
  'new-account' | 'shared-card' | 'watched' | 'country-mismatch' | 'failed-payments' | 'large-payment' | 'disputed'
>

const newAccountHours = 24
const usualFailures = 2

const applies: Readonly<Record<PaymentReason, (facts: PaymentFacts) => boolean>> = {
  'new-account': ({ accountAgeHours }) => accountAgeHours < newAccountHours,
  'shared-card': ({ accountsWithCard }) => accountsWithCard > 0,
  watched: ({ lists }) => lists.includes('watch'),
  'country-mismatch': ({ country, vatCountry }) => vatCountry !== null && vatCountry !== country,
  'failed-payments': ({ failedPayments }) => failedPayments > usualFailures,
  'large-payment': ({ minor, largeFromMinor }) => largeFromMinor !== null && minor > largeFromMinor,
  disputed: ({ disputes }) => disputes > 0,
}

/**
 * Scores a payment that has come. The money is there: its verdict is only ever `pass`, or `review` where the payer stands on a deny list, and
 * then its account orders nothing until a person has looked.
 */
export function judgePayment(facts: PaymentFacts, { weights, refuseScore }: Pick<FraudWeights, 'weights' | 'refuseScore'>): Screening {
  if (facts.lists.includes('deny')) return { verdict: 'review', score: refuseScore, reasons: [{ reason: 'denied', points: refuseScore }] }
  if (facts.lists.includes('allow')) return { verdict: 'pass', score: 0, reasons: [{ reason: 'allowed', points: 0 }] }
  const { score, signals } = weigh(facts, weights, applies)
  return { verdict: 'pass', score, reasons: signals }
}
