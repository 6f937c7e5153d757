import { apportion } from '../money/apportion.ts'
import { Decimal } from '../money/decimal.ts'
import type { PriceRule } from '../pricing/price-rule.ts'
import type { PriceCandidate } from '../pricing/resolve-price.ts'
import { prorate } from '../proration/prorate.ts'
import { type BillingCycle, billingMonthAt } from '../time/billing-month.ts'
import { localDateOf } from '../time/local-date.ts'
import { intersect, lengthMs, type Period } from '../time/period.ts'
import { type CounterBook, moveCounter } from './counters.ts'
import type { RatedSubscription, RatingTerms, SubscriptionPhase } from './terms.ts'

const none = new Decimal(0)
/** Later than any period. */
const endOfTime = new Date(Date.UTC(9999, 0, 1))

/** One price in one period, for what shares its allowance. */
export type AllowanceFacts = {
  readonly terms: RatingTerms
  readonly price: PriceCandidate
  readonly month: Period
  readonly cycle: BillingCycle
  /** Whose allowance it is; undefined for usage without a subscription. */
  readonly subscription: RatedSubscription | undefined
}

/**
 * The free units of the period: shortened to the time the price is in force and, as the plan prorates, to the time since
 * the subscription began to have it and until another plan took its place. What was granted is not taken back when a subscription
 * ends early. A pool is as large as the allowances of all subscriptions that share it.
 */
export function grantedIn(facts: AllowanceFacts): Decimal {
  const { rule } = facts.price
  if (rule.included.isZero()) return none
  if (rule.includedScope !== 'pool') return grantTo(facts.subscription, facts)
  const members = (facts.terms.pool ?? [...facts.terms.subscriptions.values()]).filter((one) => sharesPool(one, rule, facts.month))
  if (members.length === 0) return grantTo(undefined, facts)
  return members.reduce((sum, member) => sum.plus(grantTo(member, facts)), none)
}

/** `whole` shortened to the time that the price is in force in the period. */
export function shareInForce(whole: Decimal, { price, month }: Pick<AllowanceFacts, 'price' | 'month'>): Decimal {
  return shareOf(whole, month, inForceIn(price, month) ?? month)
}

/**
 * What was left of the former period's allowance: added to this period's, at most one period old. It is fixed in the
 * counter `carry|…` when the period is first rated, so that use of the former period that comes late changes it no more.
 */
export function carriedInto(facts: AllowanceFacts, counters: CounterBook, scope: string): Decimal {
  const { price, month, cycle } = facts
  if (!price.rule.rollsOver || price.from > month.start.getTime()) return none
  const carry = counters.open(carryKey(scope, price.rule), localDateOf(month.start, cycle.zone))
  if (carry.isNew && !carry.hasMoved) moveCounter(carry, leftBefore(facts, counters, scope))
  return carry.consumed
}

/** Key of the counter of what `scope` used of `rule` in a period. */
export function counterKeyOf(scope: string, rule: Pick<PriceRule, 'id'>): string {
  return `${scope}|${rule.id}`
}

function carryKey(scope: string, rule: PriceRule): string {
  return `carry|${counterKeyOf(scope, rule)}`
}

/** What each price of the same thing in force in the former period left of its own allowance; what was carried is used up first. */
function leftBefore(facts: AllowanceFacts, counters: CounterBook, scope: string): Decimal {
  const { terms, price, cycle, subscription } = facts
  const month = billingMonthAt(cycle, new Date(facts.month.start.getTime() - 1))
  const periodStart = localDateOf(month.start, cycle.zone)
  if (subscription && price.rule.includedScope !== 'pool' && beginningOf(subscription, price.rule).getTime() >= month.end.getTime())
    return none

  const before = terms.rules.filter((rule) => isSameThing(rule, price.rule)).map((rule) => ({ ...price, rule, ...inForceOf(rule, price) }))
  return before
    .filter((candidate) => inForceIn(candidate, month) !== undefined)
    .reduce((sum, candidate) => {
      const granted = grantedIn({ ...facts, price: candidate, month })
      const available = granted.plus(counters.open(carryKey(scope, candidate.rule), periodStart).consumed)
      const left = available.minus(counters.open(counterKeyOf(scope, candidate.rule), periodStart).consumed)
      return sum.plus(Decimal.max(none, Decimal.min(granted, left)))
    }, none)
}

function isSameThing(a: PriceRule, b: PriceRule): boolean {
  return (
    a.rollsOver &&
    a.meter === b.meter &&
    a.productId === b.productId &&
    a.layer === b.layer &&
    JSON.stringify(a.match) === JSON.stringify(b.match)
  )
}

/** The span of a rule; the candidate's own keeps its span, which a pinned version stretches. */
function inForceOf(rule: PriceRule, price: PriceCandidate): { from: number; to: number } {
  if (rule === price.rule) return price
  return { from: rule.validFrom.getTime(), to: rule.validTo?.getTime() ?? Number.POSITIVE_INFINITY }
}

function sharesPool(subscription: RatedSubscription, { productId }: PriceRule, month: Period): boolean {
  const { startsAt, endsAt, phases } = subscription
  if (startsAt.getTime() >= month.end.getTime() || (endsAt && endsAt.getTime() <= month.start.getTime())) return false
  if (productId === null || subscription.productId === productId) return true
  return phases?.some((phase) => phase.productId === productId || phase.memberProductIds?.includes(productId)) ?? false
}

/** The allowance of one subscription, or of what has none. */
function grantTo(subscription: RatedSubscription | undefined, { price, month, cycle }: AllowanceFacts): Decimal {
  const { included } = price.rule
  const inForce = inForceIn(price, month) ?? month
  if (!subscription || subscription.proration === 'none') return shareOf(included, month, inForce)
  const since = beginningOf(subscription, price.rule)
  const until = replacedAt(subscription, price.rule)
  if (inForce === month && since.getTime() <= month.start.getTime() && until.getTime() >= month.end.getTime()) return included
  const used = intersect(inForce, { start: since, end: until }) ?? inForce
  return prorate(included, { policy: subscription.proration, cycle: month, used, zone: cycle.zone })
}

/** Since when the subscription has had what the rule prices. */
function beginningOf({ startsAt, phases }: RatedSubscription, { productId }: PriceRule): Date {
  if (productId === null || !phases) return startsAt
  const having = phases.filter((phase) => phase.productId === productId || phase.memberProductIds?.includes(productId))
  return having.reduce((first, phase) => (phase.startsAt < first ? phase.startsAt : first), having[0]?.startsAt ?? startsAt)
}

/** When another plan took the place of the last one with what the rule prices; never, where the subscription just ends. */
function replacedAt({ phases = [] }: RatedSubscription, { productId }: PriceRule): Date {
  if (productId === null) return endOfTime
  const hasIt = (phase: SubscriptionPhase) => phase.productId === productId || (phase.memberProductIds?.includes(productId) ?? false)
  const last = phases.filter(hasIt).reduce((latest, phase) => (phase.startsAt.getTime() > latest ? phase.startsAt.getTime() : latest), 0)
  const next = phases.filter(({ startsAt }) => startsAt.getTime() > last).map(({ startsAt }) => startsAt.getTime())
  return last > 0 && next.length > 0 ? new Date(Math.min(...next)) : endOfTime
}

function inForceIn({ from, to }: PriceCandidate, month: Period): Period | undefined {
  if (from <= month.start.getTime() && to >= month.end.getTime()) return month
  const start = Math.max(from, month.start.getTime())
  const end = Math.min(to, month.end.getTime())
  return start < end ? { start: new Date(start), end: new Date(end) } : undefined
}

function shareOf(whole: Decimal, month: Period, part: Period): Decimal {
  if (part === month) return whole
  const from = BigInt(part.start.getTime() - month.start.getTime())
  return apportion(whole, { from, to: from + lengthMs(part), of: lengthMs(month) })
}
