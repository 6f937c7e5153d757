import { Decimal } from '../money/decimal.ts'
import type { PriceModel } from '../pricing/models/registry.ts'
import { modelOf, type PriceRule } from '../pricing/price-rule.ts'
import type { PriceCandidate } from '../pricing/resolve-price.ts'
import { type LocalDate, localDateOf } from '../time/local-date.ts'
import type { Period } from '../time/period.ts'
import { carriedInto, counterKeyOf, grantedIn, shareInForce } from './allowance.ts'
import { isLargestSample } from './counted-quantity.ts'
import type { CounterBook, OpenCounter } from './counters.ts'
import type { Stretch } from './rate-delta.ts'
import { type ReasonBook, reasonsFor } from './reasons.ts'
import type { RatingTerms, UsageToRate } from './terms.ts'
import type { UsagePart } from './usage-parts.ts'

/** One price as it stands in one period for what shares its allowance, cap and tiers. */
export type Tariff = {
  readonly rule: PriceRule
  readonly model: PriceModel
  readonly included: Decimal
  /** Of `included`, what the former period left over. */
  readonly carried: Decimal
  readonly cap: Decimal | null
  readonly periodStart: LocalDate
  /** The greatest sample of the period counts, never the sum. */
  readonly isLargestSample: boolean
  /** Counts what was used before; undefined when nothing depends on it: every unit costs the same. */
  readonly counter: OpenCounter | undefined
  readonly reasons: ReasonBook
  /** Where the counter stands on the price, as far as that is known. */
  stretch: Stretch | undefined
}

/** The tariff a part of usage falls under; the same object for the same price, period and scope. */
export type TariffBook = (part: UsagePart) => Tariff

type PeriodTariffs = { readonly month: Period; readonly byScope: Map<string, Tariff> }
type PriceTariffs = { readonly isPlain: boolean; readonly periods: PeriodTariffs[] }

/** Keeps the tariffs of one batch. */
export function openTariffs(terms: RatingTerms, counters: CounterBook): TariffBook {
  const byPrice = new Map<PriceCandidate, PriceTariffs>()
  const starts = new Map<Period, LocalDate>()
  return (part) => {
    const { price, month, usage } = part
    const { isPlain, periods } = getOrMake(byPrice, price, () => ({ isPlain: isPlainPrice(price.rule), periods: [] }))
    const { byScope } = periodOf(periods, month)
    const scope = isPlain ? '' : scopeOf(usage, price.rule)
    const found = byScope.get(scope)
    if (found) return found
    const { zone } = part.subscription?.cycle ?? terms.cycle
    const periodStart = getOrMake(starts, month, () => localDateOf(month.start, zone))
    const made = makeTariff({ terms, counters, part, scope, periodStart })
    byScope.set(scope, made)
    return made
  }
}

const none = new Decimal(0)

/** Whether every unit of the rule costs the same, whatever was used before. */
export function isPlainPrice({ model, included, cap, minimum }: PriceRule): boolean {
  return model.kind === 'per-unit' && included.isZero() && cap === null && minimum === null
}

/**
 * What shares allowance, cap and tiers: the pool, the resource, or the subscription. Usage without a subscription shares
 * those of the contract; a cap then counts per resource, since it says what one thing costs at most.
 */
export function scopeOf({ subscriptionId, resourceRef }: Pick<UsageToRate, 'subscriptionId' | 'resourceRef'>, rule: PriceRule): string {
  if (rule.includedScope === 'pool') return 'pool'
  const isPerResource = rule.includedScope === 'resource' || (subscriptionId === null && rule.cap !== null)
  if (!isPerResource) return subscriptionId ?? 'contract'
  return subscriptionId === null ? `resource:${resourceRef ?? ''}` : `${subscriptionId}/resource:${resourceRef ?? ''}`
}

type TariffFacts = {
  readonly terms: RatingTerms
  readonly counters: CounterBook
  readonly part: UsagePart
  readonly scope: string
  readonly periodStart: LocalDate
}

function makeTariff({ terms, counters, part, scope, periodStart }: TariffFacts): Tariff {
  const { price, month, subscription } = part
  const { rule } = price
  const cycle = subscription?.cycle ?? terms.cycle
  const plain = {
    rule,
    model: modelOf(rule),
    included: none,
    carried: none,
    cap: null,
    periodStart,
    stretch: undefined,
    isLargestSample: isLargestSample(part.usage.meter, terms.sampledMeters),
  }
  if (scope === '') return { ...plain, counter: undefined, reasons: reasonsFor(price, none) }

  const facts = { terms, price, month, cycle, subscription }
  const carried = carriedInto(facts, counters, scope)
  return {
    ...plain,
    included: grantedIn(facts).plus(carried),
    carried,
    cap: rule.cap === null ? null : shareInForce(rule.cap, facts),
    counter: counters.open(counterKeyOf(scope, rule), periodStart),
    reasons: reasonsFor(price, carried),
  }
}

function periodOf(periods: PeriodTariffs[], month: Period): PeriodTariffs {
  for (const period of periods) if (period.month === month) return period
  const made = { month, byScope: new Map<string, Tariff>() }
  periods.push(made)
  return made
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key)
  if (found !== undefined) return found
  const made = make()
  map.set(key, made)
  return made
}
