import { err, ok, type Result } from '../shared/result.ts'
import type { DimensionMatch, PriceLayer, PriceRule } from './price-rule.ts'

/** Why a rule was taken: the subscription's own product, a product it contains, matching dimensions, or the meter alone. */
export type PriceBasis = 'product' | 'member' | 'dimensions' | 'meter'

/** Whose usage is priced. */
export type PriceBuyer = {
  /** The product of the usage's subscription; null when it has none. */
  readonly productId: string | null
  /** Products that the subscription contains, by precedence. */
  readonly memberProductIds?: readonly string[]
  /** The version the prices of its products are kept from, whatever came after; null: the version in force. */
  readonly priceVersionId?: string | null
}

/** A rule that may price a meter for a buyer, with the span in milliseconds over which it does. */
export type PriceCandidate = { readonly rule: PriceRule; readonly basis: PriceBasis; readonly from: number; readonly to: number }

/** The rules that may price one meter for one buyer, most specific first, and the instants at which the answer can change. */
export type PriceCandidates = { readonly prices: readonly PriceCandidate[]; readonly boundaries: readonly number[] }

/** Usage prices of one side (one contract) by buyer and meter. Prices of another side are never in it. */
export type PriceIndex = { candidates(buyer: PriceBuyer, meter: string): PriceCandidates }

export type PriceQuestion = PriceBuyer & {
  readonly meter: string
  readonly dimensions: Readonly<Record<string, string>>
  readonly at: Date
}

/** Prepares the usage rules of one contract for many questions. */
export function indexPrices(rules: readonly PriceRule[]): PriceIndex {
  const byMeter = groupByMeter(rules)
  const layers = new Map(rules.map((rule) => [rule.priceVersionId, rule.layer]))
  const known = new Map<string, PriceCandidates>()
  return {
    candidates(buyer, meter) {
      const key = `${buyer.productId ?? ''}|${buyer.memberProductIds?.join(',') ?? ''}|${buyer.priceVersionId ?? ''}|${meter}`
      const found = known.get(key)
      if (found) return found
      const made = candidatesOf(byMeter.get(meter) ?? [], buyer, layers)
      known.set(key, made)
      return made
    },
  }
}

/**
 * The one rule that prices this usage: the lower layer before any other, then a rule of the subscription's product, then
 * of the products it contains, then the rule that matches more dimensions, then the plain rule of the meter; between
 * equals the lower rule id. Rules of other products never apply. No rule is `no-price`, never a price of zero.
 */
export function resolvePrice(index: PriceIndex, question: PriceQuestion): Result<PriceRule, 'no-price'> {
  const { prices } = index.candidates(question, question.meter)
  const price = priceAt(prices, question.at.getTime(), question.dimensions)
  return price ? ok(price.rule) : err('no-price')
}

/** The first of `prices`, given most specific first, that is in force at `ms` and matches `dimensions`. */
export function priceAt(
  prices: readonly PriceCandidate[],
  ms: number,
  dimensions: Readonly<Record<string, string>>,
): PriceCandidate | undefined {
  for (const price of prices) if (price.from <= ms && ms < price.to && matches(price.rule.match, dimensions)) return price
  return undefined
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

type Ranked = PriceCandidate & { readonly rank: number }

function candidatesOf(rules: readonly PriceRule[], buyer: PriceBuyer, layers: ReadonlyMap<string, PriceLayer>): PriceCandidates {
  const pinnedLayer = layers.get(buyer.priceVersionId ?? '')
  const ranked = rules.flatMap((rule): Ranked[] => {
    const rank = rankOf(rule.productId, buyer)
    if (rank === undefined) return []
    if (rule.productId === null || rule.layer !== pinnedLayer) return [{ rule, rank, basis: basisOf(rule, rank), ...spanOf(rule) }]
    if (rule.priceVersionId !== buyer.priceVersionId) return []
    return [{ rule, rank, basis: basisOf(rule, rank), from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }]
  })
  const prices = ranked.sort(bySpecificity).map(({ rule, basis, from, to }) => ({ rule, basis, from, to }))
  const boundaries = new Set(prices.flatMap(({ from, to }) => [from, to]).filter(Number.isFinite))
  return { prices, boundaries: [...boundaries].sort((a, b) => a - b) }
}

/** 0 for the own product, then the products it contains, last what is for all; undefined for other products. */
function rankOf(productId: string | null, { productId: own, memberProductIds = [] }: PriceBuyer): number | undefined {
  if (productId === null) return memberProductIds.length + 1
  if (productId === own) return 0
  const place = memberProductIds.indexOf(productId)
  return place < 0 ? undefined : place + 1
}

function basisOf(rule: PriceRule, rank: number): PriceBasis {
  if (rule.productId !== null) return rank === 0 ? 'product' : 'member'
  return Object.keys(rule.match).length > 0 ? 'dimensions' : 'meter'
}

function spanOf({ validFrom, validTo }: PriceRule): { from: number; to: number } {
  return { from: validFrom.getTime(), to: validTo?.getTime() ?? Number.POSITIVE_INFINITY }
}

function bySpecificity(a: Ranked, b: Ranked): number {
  return (
    a.rule.layer - b.rule.layer ||
    a.rank - b.rank ||
    Object.keys(b.rule.match).length - Object.keys(a.rule.match).length ||
    (a.rule.id < b.rule.id ? -1 : 1)
  )
}

function matches(match: DimensionMatch, dimensions: Readonly<Record<string, string>>): boolean {
  for (const name in match) {
    const wanted = match[name]
    const actual = dimensions[name]
    if (actual === undefined || (typeof wanted === 'string' ? wanted !== actual : !wanted?.includes(actual))) return false
  }
  return true
}
