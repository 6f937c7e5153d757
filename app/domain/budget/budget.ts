import type { Decimal } from '../money/decimal.ts'
import { add, fromDecimal, type Money, subtract, sum } from '../money/money.ts'
import type { Tag } from '../project/tags.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { billingMonthAt } from '../time/billing-month.ts'
import { addDays, type LocalDate, startOfDay } from '../time/local-date.ts'
import type { Period } from '../time/period.ts'

export const budgetPeriods = ['month', 'total'] as const

/** What happens when a budget is used up; the usual is nothing but the alert. */
export const hardStops = ['none', 'block-orders', 'suspend-services'] as const
export type HardStop = (typeof hardStops)[number]

/** Shares in percent at which a budget can tell. */
export const thresholds = [50, 80, 100] as const
export type Threshold = (typeof thresholds)[number]
export type AlertStep = `${Threshold}` | 'forecast'

/** Which span a budget counts. Days are the seller's. */
export type BudgetSpan =
  | { readonly period: 'month' }
  | { readonly period: 'total'; readonly startsOn: LocalDate; readonly endsOn: LocalDate | null }

/** What a budget counts of its account: all of it, what is in a project, or what carries a label. */
export type BudgetScope =
  | { readonly kind: 'account' }
  | { readonly kind: 'project'; readonly projectId: string }
  | { readonly kind: 'tag'; readonly tag: Tag }

export const wholeAccount: BudgetScope = { kind: 'account' }

/** The span that counts at `now`: the running calendar month of `zone`, or from the first day through the last; an open end is null. */
export function spanAt(span: BudgetSpan, now: Date, zone: string): { start: Date; end: Date | null } {
  if (span.period === 'month') return billingMonthAt({ zone, anchorDay: 1 }, now)
  return { start: startOfDay(span.startsOn, zone), end: span.endsOn === null ? null : startOfDay(addDays(span.endsOn, 1), zone) }
}

/** What was charged in a span, net and unrounded: usage grows with time, fees do not. `feesToCome` are recurring and not charged yet. */
export type Spend = { readonly usage: Decimal; readonly fees: Decimal; readonly feesToCome: Decimal }

/** Charged so far, rounded once. */
export function spentOf({ usage, fees }: Spend, currency: string): Money {
  return fromDecimal(usage.plus(fees), currency)
}

/**
 * What a span costs in the end when usage goes on at its mean rate so far: usage × length / elapsed + fees charged + recurring fees to
 * come. Rounded once. Before its first millisecond and after its end it is what was charged and is to come.
 */
export function forecastOf(
  { usage, fees, feesToCome }: Spend,
  { span, now, currency }: { span: Period; now: Date; currency: string },
): Money {
  const length = span.end.getTime() - span.start.getTime()
  const elapsed = Math.min(now.getTime() - span.start.getTime(), length)
  const whole = elapsed > 0 ? usage.times(length).div(elapsed) : usage
  return fromDecimal(whole.plus(fees).plus(feesToCome), currency)
}

export type BudgetRules = { readonly amount: Money; readonly thresholds: readonly number[]; readonly tellsForecast: boolean }

/** The steps a budget has reached, in their order. The forecast tells only while less than all of it is spent. */
export function reachedSteps({ amount, thresholds: told, tellsForecast }: BudgetRules, spent: Money, forecast: Money | null): AlertStep[] {
  const steps = thresholds
    .filter((share) => told.includes(share) && spent.minor * 100n >= amount.minor * BigInt(share))
    .map((share) => `${share}` as const)
  const isAhead = tellsForecast && forecast !== null && forecast.minor > amount.minor && !isUsedUp(amount, spent)
  return isAhead ? [...steps, 'forecast'] : steps
}

/** Whether nothing of a budget is left. */
export function isUsedUp(amount: Money, spent: Money): boolean {
  return spent.minor >= amount.minor
}

/** How much of a budget is spent, in whole percent, rounded down. */
export function percentSpent(amount: Money, spent: Money): number {
  return Number((spent.minor * 100n) / amount.minor)
}

/**
 * Whether `share` fits into what `parent` has left beside its other `shares`: together they are never more than the whole, unless the
 * parent allows it. The value is what is left after it, below zero where that is allowed.
 */
export function fitsShare(
  parent: { readonly amount: Money; readonly allowsOver: boolean },
  shares: readonly Money[],
  share: Money,
): Result<Money, 'more-than-parent'> {
  const left = subtract(parent.amount, add(sum(parent.amount.currency, shares), share))
  return left.minor < 0n && !parent.allowsOver ? err('more-than-parent') : ok(left)
}
