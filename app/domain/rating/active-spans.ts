import type { DimensionMatch } from '../pricing/price-rule.ts'
import { indexPrices, type PriceBuyer, type PriceCandidate, type PriceCandidates } from '../pricing/resolve-price.ts'
import { intersect, type Period, splitAt } from '../time/period.ts'
import type { RatedSubscription, RatingTerms, SubscriptionPhase } from './terms.ts'

/** A price with the spans of a period over which it is the one that applies. */
export type ActivePrice = { readonly price: PriceCandidate; readonly spans: readonly Period[] }

/** The prices with something to close that applied to `subscription` in `month`; those for all products left out. */
export function activePrices(terms: RatingTerms, subscription: RatedSubscription, month: Period): ActivePrice[] {
  const index = indexPrices(terms.rules)
  return collect(
    phasesIn(subscription, month).flatMap(({ phase, span }) =>
      closingMeters(terms).flatMap((meter) => inForce(index.candidates(phase, meter), span)),
    ),
  ).filter(({ price }) => price.rule.productId !== null)
}

/** The prices for all products with something to close that applied in `month`. */
export function generalPrices(terms: RatingTerms, month: Period): ActivePrice[] {
  const index = indexPrices(terms.rules)
  const buyer = { productId: null }
  return collect(closingMeters(terms).flatMap((meter) => inForce(index.candidates(buyer, meter), month)))
}

function closingMeters({ rules }: RatingTerms): string[] {
  return [...new Set(rules.flatMap((rule) => (rule.feeKind === 'usage' && rule.meter !== null ? rule.meter : [])))]
}

type PhaseSpan = { readonly phase: PriceBuyer; readonly span: Period }

/** The phases within `month`; a plan that does not prorate counts as if it had run all of it. */
function phasesIn(subscription: RatedSubscription, month: Period): PhaseSpan[] {
  const { startsAt, endsAt = null, productId } = subscription
  const phases: readonly SubscriptionPhase[] = subscription.phases ?? [{ startsAt, endsAt, productId }]
  const spans = phases.flatMap((phase): PhaseSpan[] => {
    const span = intersect(month, { start: phase.startsAt, end: phase.endsAt ?? month.end })
    return span ? [{ phase, span }] : []
  })
  if (subscription.proration !== 'none') return spans
  return spans.map(({ phase, span }, place) => {
    const start = place === 0 ? month.start : span.start
    return { phase, span: { start, end: spans[place + 1]?.span.start ?? month.end } }
  })
}

/** Each candidate over the pieces of `span` where no more specific one takes all that it matches. */
function inForce({ prices, boundaries }: PriceCandidates, span: Period): ActivePrice[] {
  const pieces = splitAt(
    span,
    boundaries.map((ms) => new Date(ms)),
  )
  return prices.map((price, place) => ({
    price,
    spans: pieces.filter(({ start }) => {
      const at = start.getTime()
      const isOpen = (one: PriceCandidate) => one.from <= at && at < one.to
      return isOpen(price) && !prices.slice(0, place).some((other) => isOpen(other) && takesAllOf(other.rule.match, price.rule.match))
    }),
  }))
}

/** Whether whatever fits `narrow` fits `wide` too. */
function takesAllOf(wide: DimensionMatch, narrow: DimensionMatch): boolean {
  return Object.keys(wide).every((name) => {
    const allowed = [wide[name] ?? []].flat()
    const wanted = [narrow[name] ?? []].flat()
    return wanted.length > 0 && wanted.every((value) => allowed.includes(value))
  })
}

/** One entry for each rule, its spans in order. */
function collect(found: readonly ActivePrice[]): ActivePrice[] {
  const byRule = new Map<string, ActivePrice>()
  for (const { price, spans } of found) {
    const before = byRule.get(price.rule.id)
    byRule.set(price.rule.id, before ? { price: before.price, spans: [...before.spans, ...spans] } : { price, spans })
  }
  return [...byRule.values()].filter(({ spans }) => spans.length > 0)
}
