import { weigh } from './risk.ts'
import type { FraudReason, FraudWeights, Screening } from './screen.ts'
import { verdictOf } from './screen.ts'

/** Which sign-ups a person looks at: none, those the rules find, or all. */
export const signUpScreenings = ['automatic', 'rules', 'everyone'] as const
export type SignUpScreening = (typeof signUpScreenings)[number]

/** What is known of a sign-up. Counts leave it out. */
export type SignUpFacts = {
  /** Other accounts that were opened from the same network address within 24 hours. */
  readonly accountsAtAddress: number
  /** Other accounts of the store with the same VAT id. */
  readonly accountsWithVatId: number
  readonly country: string
  /** The seller's own. */
  readonly homeCountry: string
  readonly vatCountry: string | null
  readonly lists: readonly ('allow' | 'watch' | 'deny')[]
}

type SignUpReason = Extract<FraudReason, 'address-velocity' | 'watched' | 'country-mismatch' | 'foreign-country' | 'known-vat-id'>

const usualAccountsAtAddress = 2

const applies: Readonly<Record<SignUpReason, (facts: SignUpFacts) => boolean>> = {
  'address-velocity': ({ accountsAtAddress }) => accountsAtAddress > usualAccountsAtAddress,
  watched: ({ lists }) => lists.includes('watch'),
  'country-mismatch': ({ country, vatCountry }) => vatCountry !== null && vatCountry !== country,
  'foreign-country': ({ country, homeCountry }) => country !== homeCountry,
  'known-vat-id': ({ accountsWithVatId }) => accountsWithVatId > 0,
}

/**
 * Judges a sign-up: a deny list refuses it and an allow list passes it whatever the seller chose. Otherwise its score is counted, and leads
 * somewhere where sign-ups are screened `by`: `rules` weigh it, `everyone` waits. Same facts, same verdict.
 */
export function judgeSignUp(
  facts: SignUpFacts,
  { signUps: by, ...rules }: FraudWeights & { readonly signUps: SignUpScreening },
): Screening {
  const { weights, refuseScore } = rules
  if (facts.lists.includes('deny')) return { verdict: 'refuse', score: refuseScore, reasons: [{ reason: 'denied', points: refuseScore }] }
  if (facts.lists.includes('allow')) return { verdict: 'pass', score: 0, reasons: [{ reason: 'allowed', points: 0 }] }
  const { score, signals } = weigh(facts, weights, applies)
  if (by === 'automatic') return { verdict: 'pass', score, reasons: signals }
  const verdict = verdictOf(score, rules)
  if (by === 'rules' || verdict === 'refuse') return { verdict, score, reasons: signals }
  return { verdict: 'review', score, reasons: verdict === 'review' ? signals : [...signals, { reason: 'everyone', points: 0 }] }
}
