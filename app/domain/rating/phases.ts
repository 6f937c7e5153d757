import type { PriceBuyer, PriceCandidates, PriceIndex } from '../pricing/resolve-price.ts'
import { invariant } from '../shared/invariant.ts'
import { isLargestSample } from './counted-quantity.ts'
import type { RatedSubscription, RatingTerms } from './terms.ts'

/** The prices of one meter; of one that is read at a moment, the quantity is not divided over time. */
export type MeterPrices = PriceCandidates & { readonly isUndivided: boolean }

/** What a subscription was until `to` (milliseconds), with the prices that may apply to its usage then. */
export type PricedPhase = {
  readonly productId: string | null
  readonly from: number
  /** Where the next phase begins; the last one goes on, and the first one reaches back. */
  readonly to: number
  candidates(meter: string): MeterPrices
}

type PhasedBuyer = Pick<RatedSubscription, 'phases'> & Pick<RatingTerms, 'sampledMeters'> & { readonly productId: string | null }

/** The phases of a subscription, without gaps: usage outside of all belongs to the nearest one before. */
export function openPhases(index: PriceIndex, { productId, phases, sampledMeters }: PhasedBuyer): readonly PricedPhase[] {
  const ordered = [...(phases ?? [])].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const samples = sampledMeters ? { samples: sampledMeters } : {}
  if (ordered.length === 0)
    return [open(index, { productId }, { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, ...samples })]
  return ordered.map((phase, place) => {
    const from = place === 0 ? Number.NEGATIVE_INFINITY : phase.startsAt.getTime()
    return open(index, phase, { from, to: ordered[place + 1]?.startsAt.getTime() ?? Number.POSITIVE_INFINITY, ...samples })
  })
}

/** The phase that the instant `ms` falls into. */
export function phaseAt(phases: readonly PricedPhase[], ms: number): PricedPhase {
  for (const phase of phases) if (ms < phase.to) return phase
  const last = phases[phases.length - 1]
  invariant(last, 'phaseAt: there is always a phase')
  return last
}

type Span = { readonly from: number; readonly to: number; readonly samples?: ReadonlySet<string> }

function open(index: PriceIndex, buyer: PriceBuyer, { samples, ...span }: Span): PricedPhase {
  const byMeter = new Map<string, MeterPrices>()
  return {
    productId: buyer.productId,
    ...span,
    candidates(meter) {
      const found = byMeter.get(meter)
      if (found) return found
      const made = { ...index.candidates(buyer, meter), isUndivided: isLargestSample(meter, samples) }
      byMeter.set(meter, made)
      return made
    },
  }
}
