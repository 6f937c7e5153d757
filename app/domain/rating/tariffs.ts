import { apportion } from '../money/apportion.ts'
import { Decimal } from '../money/decimal.ts'
import type { PriceRule } from '../pricing/price-rule.ts'
import { prorate } from '../proration/prorate.ts'
import { type LocalDate, localDateOf } from '../time/local-date.ts'
import { intersect, lengthMs, type Period } from '../time/period.ts'
import type { CounterBook, OpenCounter } from './counters.ts'
import type { PerUnitTerms } from './per-unit.ts'
import type { RatedSubscription, RatingTerms, UsageToRate } from './terms.ts'
import type { UsagePart } from './usage-parts.ts'

/** One price as it stands for one subscription (or contract, or resource) in one billing month. */
export type Tariff = PerUnitTerms & {
  readonly periodStart: LocalDate
  /** Counts what was used before; undefined when nothing depends on it: no allowance and no cap. */
  readonly counter: OpenCounter | undefined
}

/** The tariff a part of usage falls under; the same object for the same price, month and scope. */
export type TariffBook = (usage: UsageToRate, part: UsagePart) => Tariff

/**
 * Allowances and caps count per subscription. Usage without one shares the allowance of the contract; a cap then
 * counts per resource, since it says what one thing costs at most.
 */
export function openTariffs(terms: RatingTerms, counters: CounterBook): TariffBook {
  const byRule = new Map<PriceRule, Map<Period, Map<string, Tariff>>>()
  return (usage, part) => {
    const byMonth = getOrMake(byRule, part.rule, () => new Map<Period, Map<string, Tariff>>())
    const byScope = getOrMake(byMonth, part.month, () => new Map<string, Tariff>())
    const scope = scopeOf(usage, part.rule)
    const found = byScope.get(scope)
    if (found) return found
    const made = makeTariff({ terms, counters, subscription: terms.subscriptions.get(usage.subscriptionId ?? ''), part, scope })
    byScope.set(scope, made)
    return made
  }
}

const none = new Decimal(0)

function scopeOf(usage: UsageToRate, rule: PriceRule): string {
  if (rule.cap === null && rule.included.isZero()) return ''
  if (usage.subscriptionId !== null) return usage.subscriptionId
  return rule.cap === null ? 'contract' : `resource:${usage.resourceRef ?? ''}`
}

type TariffFacts = {
  readonly terms: RatingTerms
  readonly counters: CounterBook
  readonly subscription: RatedSubscription | undefined
  readonly part: UsagePart
  readonly scope: string
}

function makeTariff({ terms, counters, subscription, part, scope }: TariffFacts): Tariff {
  const { rule, month } = part
  const { zone } = subscription?.cycle ?? terms.cycle
  const periodStart = localDateOf(month.start, zone)
  if (scope === '') return { unitPrice: rule.unitPrice, included: none, cap: null, periodStart, counter: undefined }

  const inForce = clip(month, rule.validFrom, rule.validTo)
  const counter = counters.open(`${scope}|${rule.id}`, periodStart)
  return {
    unitPrice: rule.unitPrice,
    included: includedOf({ rule, month, inForce, subscription, zone }),
    cap: rule.cap === null ? null : shareOf(rule.cap, month, inForce),
    periodStart,
    counter,
  }
}

type Allowance = { rule: PriceRule; month: Period; inForce: Period; subscription: RatedSubscription | undefined; zone: string }

/**
 * The free units of the month: shortened to the time the price version is in force and, as the plan prorates, to the
 * time since the subscription began. What was granted is not taken back when a subscription ends early.
 */
function includedOf({ rule, month, inForce, subscription, zone }: Allowance): Decimal {
  if (rule.included.isZero()) return none
  if (!subscription || subscription.proration === 'none') return shareOf(rule.included, month, inForce)
  const used = clip(inForce, subscription.startsAt, null)
  return prorate(rule.included, { policy: subscription.proration, cycle: month, used, zone })
}

function shareOf(whole: Decimal, month: Period, part: Period): Decimal {
  const from = BigInt(part.start.getTime() - month.start.getTime())
  return apportion(whole, { from, to: from + lengthMs(part), of: lengthMs(month) })
}

/** `span` without what lies before `from` or after `to`; all of it when they have nothing in common. */
function clip(span: Period, from: Date, to: Date | null): Period {
  return intersect(span, { start: from, end: to ?? span.end }) ?? span
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
