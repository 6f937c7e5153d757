import type { Decimal } from '../money/decimal.ts'
import type { PriceRule } from '../pricing/price-rule.ts'
import type { PriceCandidate } from '../pricing/resolve-price.ts'
import type { UsageReason } from './charge.ts'

/** The reasons of one price: thousands of its charges share one object for each case. */
export type ReasonBook = (share: ReasonedShare, part: ReasonedPart) => UsageReason

type ReasonedShare = { readonly isCapped: boolean; readonly tier: number | null }
type ReasonedPart = { readonly isSplit: boolean; readonly usage: { readonly dimensions: Readonly<Record<string, string>> } }

type Cases = Map<number | string, UsageReason>
const shared = new WeakMap<PriceRule, Cases>()

/** Reasons of `price` in a period whose allowance was enlarged by `carried` units. */
export function reasonsFor({ rule, basis }: PriceCandidate, carried: Decimal): ReasonBook {
  const cases = carried.isZero() ? sharedCases(rule) : new Map<number | string, UsageReason>()
  const lists = Object.keys(rule.match).filter((name) => typeof rule.match[name] !== 'string')
  const place = basis === 'member' ? 1 : 0
  return ({ isCapped, tier }, { isSplit, usage: { dimensions } }) => {
    const slot = (tier === null ? 0 : tier + 1) * 8 + (isCapped ? 4 : 0) + (isSplit ? 2 : 0) + place
    const key = lists.length === 0 ? slot : `${slot}|${lists.map((name) => dimensions[name]).join('|')}`
    const found = cases.get(key)
    if (found) return found
    const made = { ...reasonOf({ rule, basis, carried, dimensions }), isCapped, isSplit, tier }
    cases.set(key, made)
    return made
  }
}

type PriceFacts = Pick<PriceCandidate, 'rule' | 'basis'> & {
  readonly carried: Decimal
  readonly dimensions: Readonly<Record<string, string>>
}

function reasonOf({ rule, basis, carried, dimensions }: PriceFacts): Omit<UsageReason, 'isCapped' | 'isSplit' | 'tier'> {
  const { minimum, layer, model, exchange } = rule
  return {
    kind: 'usage',
    basis,
    matched: Object.fromEntries(Object.keys(rule.match).map((name) => [name, dimensions[name] ?? ''])),
    layer,
    model: model.kind,
    minimum: minimum?.toFixed() ?? null,
    carried: carried.isZero() ? null : carried.toFixed(),
    exchange: exchange && { ...exchange, rate: exchange.rate.toFixed() },
  }
}

function sharedCases(rule: PriceRule): Cases {
  const found = shared.get(rule)
  if (found) return found
  const made: Cases = new Map()
  shared.set(rule, made)
  return made
}
