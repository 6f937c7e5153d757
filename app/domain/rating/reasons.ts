import type { Decimal } from '../money/decimal.ts'
import type { PriceRule } from '../pricing/price-rule.ts'
import type { PriceCandidate } from '../pricing/resolve-price.ts'
import type { UsageReason } from './charge.ts'

/** What a reason says of one charge beside its price. */
export type ReasonFacts = { readonly isCapped: boolean; readonly isSplit: boolean; readonly tier: number | null }

/** The reasons of one price: thousands of its charges share one object for each case. */
export type ReasonBook = (facts: ReasonFacts, dimensions: Readonly<Record<string, string>>) => UsageReason

type Cases = Map<number | string, UsageReason>
const shared = new WeakMap<PriceRule, Cases>()

/** Reasons of `price` in a period whose allowance was enlarged by `carried` units. */
export function reasonsFor({ rule, basis }: PriceCandidate, carried: Decimal): ReasonBook {
  const cases = carried.isZero() ? sharedCases(rule) : new Map<number | string, UsageReason>()
  const lists = Object.keys(rule.match).filter((name) => typeof rule.match[name] !== 'string')
  return (facts, dimensions) => {
    const slot = slotOf(facts) * 2 + (basis === 'member' ? 1 : 0)
    const key = lists.length === 0 ? slot : `${slot}|${lists.map((name) => dimensions[name]).join('|')}`
    const found = cases.get(key)
    if (found) return found
    const { minimum, layer, model, exchange } = rule
    const made: UsageReason = {
      kind: 'usage',
      basis,
      matched: Object.fromEntries(Object.keys(rule.match).map((name) => [name, dimensions[name] ?? ''])),
      ...facts,
      layer,
      model: model.kind,
      minimum: minimum?.toFixed() ?? null,
      carried: carried.isZero() ? null : carried.toFixed(),
      exchange: exchange && { ...exchange, rate: exchange.rate.toFixed() },
    }
    cases.set(key, made)
    return made
  }
}

function sharedCases(rule: PriceRule): Cases {
  const found = shared.get(rule)
  if (found) return found
  const made: Cases = new Map()
  shared.set(rule, made)
  return made
}

function slotOf({ isCapped, isSplit, tier }: ReasonFacts): number {
  return (tier === null ? 0 : tier + 1) * 4 + (isCapped ? 2 : 0) + (isSplit ? 1 : 0)
}
