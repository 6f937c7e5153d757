import { add, type Money, negate, subtract, sum, zero } from '../money/money.ts'

/** One movement of a payout: what was captured, given back or taken back (below zero), and what the gateway kept of it. */
export type SettledLine = {
  readonly kind: 'payment' | 'refund' | 'dispute' | 'fee' | 'other'
  readonly ref: string | null
  readonly amount: Money
  readonly fee: Money
}

/** What the books know of the thing a line names: its sum as a payout holds it, in minor units. */
export type KnownFact = { readonly id: string; readonly minor: bigint; readonly isPaidBefore: boolean }

export type Difference = 'unknown' | 'other-amount' | 'twice'

/**
 * How a line of a payout differs from the books; null when it agrees. Money of a dispute goes and comes back: either sign of its sum agrees.
 * What names nothing of a buyer (a fee, an adjustment) agrees as a fee, and is unknown as anything else.
 */
export function differenceOf({ kind, amount }: SettledLine, fact: KnownFact | undefined): Difference | null {
  if (kind === 'fee') return null
  if (!fact) return 'unknown'
  if (kind === 'dispute') return amount.minor === fact.minor || amount.minor === -fact.minor ? null : 'other-amount'
  if (fact.isPaidBefore) return 'twice'
  return amount.minor === fact.minor ? null : 'other-amount'
}

/** Sums of a payout: `moved` leaves what the gateway holds, `fee` is what it kept beyond fees that are booked already, `arrives` what comes. */
export type PayoutSums = { readonly moved: Money; readonly fee: Money; readonly arrives: Money }

/**
 * The sums of a payout's lines. Fees of disputes are booked with the dispute: they leave what the gateway holds as `moved`. Lines that are
 * fees themselves count as fees, whatever column the gateway writes them in.
 */
export function sumsOf(lines: readonly SettledLine[], currency: string): PayoutSums {
  const total = (pick: (line: SettledLine) => Money) => sum(currency, lines.map(pick))
  const none = zero(currency)
  const moved = total(({ kind, amount, fee }) => {
    if (kind === 'fee') return none
    return kind === 'dispute' ? subtract(amount, fee) : amount
  })
  const fee = total((line) => {
    if (line.kind === 'dispute') return none
    return line.kind === 'fee' ? add(line.fee, negate(line.amount)) : line.fee
  })
  return { moved, fee, arrives: subtract(moved, fee) }
}
