import { err, ok, type Result } from '../shared/result.ts'
import { type DimensionMatch, isInForce, type PriceRule } from './price-rule.ts'

/** Why a rule was taken: the subscription's own product, matching dimensions, or the meter alone. */
export type PriceBasis = 'product' | 'dimensions' | 'meter'

/** The rules that may price one meter for one product, most specific first, and the instants at which the answer can change. */
export type PriceCandidates = { readonly rules: readonly PriceRule[]; readonly boundaries: readonly number[] }

/** Usage prices of one side (one contract) by product and meter. Prices of another side are never in it. */
export type PriceIndex = { candidates(productId: string | null, meter: string): PriceCandidates }

export type PriceQuestion = {
  readonly meter: string
  /** The product of the usage's subscription; null when it has none. */
  readonly productId: string | null
  readonly dimensions: Readonly<Record<string, string>>
  readonly at: Date
}

/** Prepares the usage rules of one price book for many questions. */
export function indexPrices(rules: readonly PriceRule[]): PriceIndex {
  const byMeter = groupByMeter(rules)
  const known = new Map<string, PriceCandidates>()
  return {
    candidates(productId, meter) {
      const key = `${productId ?? ''}|${meter}`
      const found = known.get(key)
      if (found) return found
      const made = candidatesOf(byMeter.get(meter) ?? [], productId)
      known.set(key, made)
      return made
    },
  }
}

/**
 * The one rule that prices this usage: a rule of the subscription's product before any other, then the rule that
 * matches more dimensions, then the plain rule of the meter; between equals the lower rule id. Rules of other
 * products never apply. No rule is `no-price`, never a price of zero.
 */
export function resolvePrice(index: PriceIndex, question: PriceQuestion): Result<PriceRule, 'no-price'> {
  const { rules } = index.candidates(question.productId, question.meter)
  const rule = ruleAt(rules, question.at.getTime(), question.dimensions)
  return rule ? ok(rule) : err('no-price')
}

/** The first of `rules`, given most specific first, that is in force at `ms` and matches `dimensions`. */
export function ruleAt(rules: readonly PriceRule[], ms: number, dimensions: Readonly<Record<string, string>>): PriceRule | undefined {
  return rules.find((rule) => isInForce(rule, ms) && matches(rule.match, dimensions))
}

/** What made `rule` the most specific one. */
export function basisOf(rule: PriceRule): PriceBasis {
  if (rule.productId !== null) return 'product'
  return Object.keys(rule.match).length > 0 ? 'dimensions' : 'meter'
}

function groupByMeter(rules: readonly PriceRule[]): Map<string, PriceRule[]> {
  const byMeter = new Map<string, PriceRule[]>()
  for (const rule of rules) {
    if (rule.feeKind !== 'usage' || rule.meter === null) continue
    const group = byMeter.get(rule.meter)
    if (group) group.push(rule)
    else byMeter.set(rule.meter, [rule])
  }
  return byMeter
}

function candidatesOf(rules: readonly PriceRule[], productId: string | null): PriceCandidates {
  const own = rules.filter((rule) => rule.productId === null || rule.productId === productId).sort(bySpecificity)
  const boundaries = new Set(own.flatMap((rule) => [rule.validFrom.getTime(), ...(rule.validTo ? [rule.validTo.getTime()] : [])]))
  return { rules: own, boundaries: [...boundaries].sort((a, b) => a - b) }
}

function bySpecificity(a: PriceRule, b: PriceRule): number {
  if ((a.productId === null) !== (b.productId === null)) return a.productId === null ? 1 : -1
  return Object.keys(b.match).length - Object.keys(a.match).length || (a.id < b.id ? -1 : 1)
}

function matches(match: DimensionMatch, dimensions: Readonly<Record<string, string>>): boolean {
  for (const name in match) {
    const wanted = match[name]
    const actual = dimensions[name]
    if (actual === undefined || (typeof wanted === 'string' ? wanted !== actual : !wanted?.includes(actual))) return false
  }
  return true
}
