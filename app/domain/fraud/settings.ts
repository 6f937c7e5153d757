import { exponentOf } from '../money/currency.ts'
import type { SignUpScreening } from './judge-sign-up.ts'
import type { FraudReason, FraudWeights } from './screen.ts'

/** Which orders are screened: those of an account until one of its is paid and runs, or all. */
export const screeningScopes = ['first-orders', 'all-orders'] as const
export type ScreeningScope = (typeof screeningScopes)[number]

/** How a seller screens, and how much may be placed or opened within an hour. */
export type FraudSettings = FraudWeights & {
  readonly scope: ScreeningScope
  readonly signUps: SignUpScreening
  /** Net, in minor units by currency; see `largeOrderFrom` for the others. */
  readonly largeOrder: Readonly<Record<string, bigint>>
  readonly ordersPerAccount: number
  readonly ordersPerAddress: number
  readonly signUpsPerAddress: number
}

const usualWeights: Readonly<Record<FraudReason, number>> = {
  'new-account': 10,
  'account-velocity': 25,
  'address-velocity': 25,
  'shared-card': 30,
  watched: 50,
  'country-mismatch': 25,
  'large-order': 35,
  'failed-payments': 30,
  'foreign-country': 10,
  'known-vat-id': 25,
  'large-payment': 35,
  disputed: 40,
}

/** The usual: no single reason but a watch list holds an order, and only a deny list refuses one. */
export const usualFraudSettings: FraudSettings = {
  scope: 'first-orders',
  signUps: 'automatic',
  weights: usualWeights,
  reviewScore: 50,
  refuseScore: 250,
  largeOrder: {},
  ordersPerAccount: 20,
  ordersPerAddress: 60,
  signUpsPerAddress: 30,
}

/** What is large where a seller names no amount: 500 whole units. */
const usualLargeOrder = 500n

/** The net amount in minor units of `currency` above which a first order is large. */
export function largeOrderFrom({ largeOrder }: Pick<FraudSettings, 'largeOrder'>, currency: string): bigint {
  return largeOrder[currency] ?? usualLargeOrder * 10n ** BigInt(exponentOf(currency))
}

/** Whether scores lead anywhere: refusing begins above reviewing. */
export function areScoresInOrder({ reviewScore, refuseScore }: Pick<FraudWeights, 'reviewScore' | 'refuseScore'>): boolean {
  return reviewScore < refuseScore
}
