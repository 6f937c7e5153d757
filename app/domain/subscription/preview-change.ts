import { Decimal } from '../money/decimal.ts'
import { fromDecimal, type Money, sum } from '../money/money.ts'
import type { FeeKind, PriceRule } from '../pricing/price-rule.ts'
import type { RatedCharge } from '../rating/charge.ts'
import type { FeeSubscription } from '../rating/fee-subscription.ts'
import { feeTargets } from '../rating/fee-targets.ts'
import { baseKeyOf, type ChargedFee, settleFees } from '../rating/settle-fees.ts'
import type { Period } from '../time/period.ts'

export type ChangeToPreview = {
  readonly before: FeeSubscription
  readonly after: FeeSubscription
  readonly rules: readonly PriceRule[]
  readonly currency: string
  /** What was charged of the subscription's fees so far. */
  readonly charged: ReadonlyMap<string, ChargedFee>
  /** The service period that the change falls into. */
  readonly period: Period
}

/** What a change adds to the invoice, or takes off it, for one product. */
export type PreviewLine = {
  readonly feeKind: FeeKind
  readonly productId: string | null
  readonly quantity: Decimal
  readonly amount: Money
  /** The service it is for. */
  readonly chargePeriod: Period
  /** The part of the service period that is charged, as days or milliseconds by the plan's policy; decimal texts. */
  readonly part: { readonly policy: 'none' | 'day' | 'second'; readonly part: string; readonly whole: string } | null
}

export type ChangePreview = {
  readonly lines: readonly PreviewLine[]
  /** Before tax. */
  readonly net: Money
  /** The recurring fees of the next service period, as they are and as they will be; before tax. */
  readonly nextBefore: Money
  readonly nextAfter: Money
}

/**
 * What a change costs or brings back within its service period: the fees that would be charged with it less those that would
 * be charged without it, by the very functions that bill. Each line is rounded once, as on the invoice.
 */
export function previewChange(input: ChangeToPreview): ChangePreview {
  const { before, after, currency, period } = input
  const without = dueOf(input, before, period)
  const withIt = dueOf(input, after, period)
  const keys = [...new Set([...without.keys(), ...withIt.keys()])]
  const lines = keys.flatMap((key) => differenceOf(without.get(key), withIt.get(key), currency))
  const net = sum(
    currency,
    lines.map(({ amount }) => amount),
  )
  return { lines: lines.sort(byTime), net, nextBefore: nextFees(input, before), nextAfter: nextFees(input, after) }
}

function dueOf({ rules, currency, charged }: ChangeToPreview, subscription: FeeSubscription, span: Period): Map<string, RatedCharge> {
  const targets = feeTargets({ subscription, rules, currency, span })
  const due = settleFees({ targets, charged, span, creditAt: subscription.creditAt ?? 'now' })
  return new Map(due.map((charge) => [baseKeyOf(charge.sourceKey), charge]))
}

function differenceOf(without: RatedCharge | undefined, withIt: RatedCharge | undefined, currency: string): PreviewLine[] {
  const charge = withIt ?? without
  const amount = (withIt?.amount ?? new Decimal(0)).minus(without?.amount ?? 0)
  if (!charge || amount.isZero()) return []
  const { feeKind, productId, quantity, chargePeriod, reason } = charge
  const part = reason.kind === 'fee' && withIt ? reason.proration : null
  return [{ feeKind, productId, quantity, chargePeriod, part, amount: fromDecimal(amount, currency) }]
}

/** The recurring fees of the service periods that begin as this one ends. */
function nextFees(input: ChangeToPreview, subscription: FeeSubscription): Money {
  const { period, rules, currency } = input
  const span = { start: period.end, end: new Date(period.end.getTime() + 1) }
  const targets = feeTargets({ subscription, rules, currency, span })
  const next = targets.filter(
    ({ charge }) => charge.feeKind === 'recurring' && charge.chargePeriod.start.getTime() === period.end.getTime(),
  )
  return sum(
    currency,
    next.map(({ charge }) => fromDecimal(charge.amount, currency)),
  )
}

/** Credits of the old first, then by the time the service begins. */
function byTime(a: PreviewLine, b: PreviewLine): number {
  const sign = (line: PreviewLine) => (line.amount.minor < 0n ? 0 : 1)
  return sign(a) - sign(b) || a.chargePeriod.start.getTime() - b.chargePeriod.start.getTime()
}
