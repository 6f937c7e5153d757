import { type Money, money } from '../money/money.ts'
import type { LocalDate } from '../time/local-date.ts'

/** `waiting` for a second person, `refused` by one; `stopped`: what is not redeemed yet is not redeemed any more. */
export type GiftBatchState = 'waiting' | 'active' | 'refused' | 'stopped'

/** Codes of one amount that were made together. `lastsDays` is how long the credit lasts after it was redeemed; null for ever. */
export type GiftBatch = {
  readonly id: string
  readonly name: string
  readonly amount: Money
  readonly codes: number
  readonly redeemUntil: LocalDate
  readonly lastsDays: number | null
  readonly state: GiftBatchState
  readonly createdBy: string
}

/** The most codes of one batch. */
const mostGiftCodes = 10_000

export type GiftBatchProblem = 'amount-not-positive' | 'count-out-of-range' | 'expiry-in-past' | 'days-out-of-range'

/** Why a batch cannot be made; null when it can. `today` is the seller's. */
export function batchProblem(
  { amount, codes, redeemUntil, lastsDays }: Pick<GiftBatch, 'amount' | 'codes' | 'redeemUntil' | 'lastsDays'>,
  today: LocalDate,
): GiftBatchProblem | null {
  if (amount.minor <= 0n) return 'amount-not-positive'
  if (!Number.isInteger(codes) || codes < 1 || codes > mostGiftCodes) return 'count-out-of-range'
  if (redeemUntil < today) return 'expiry-in-past'
  return lastsDays === null || (Number.isInteger(lastsDays) && lastsDays >= 1 && lastsDays <= 3_660) ? null : 'days-out-of-range'
}

/** What all codes of a batch are worth together. */
export function worthOf({ amount, codes }: Pick<GiftBatch, 'amount' | 'codes'>): Money {
  return money(amount.minor * BigInt(codes), amount.currency)
}
