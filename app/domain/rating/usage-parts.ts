import { apportion } from '../money/apportion.ts'
import type { Decimal } from '../money/decimal.ts'
import { type PriceCandidate, type PriceCandidates, type PriceIndex, priceAt } from '../pricing/resolve-price.ts'
import { invariant } from '../shared/invariant.ts'
import { type BillingCalendar, type BillingCycle, billingCalendar } from '../time/billing-month.ts'
import type { Period } from '../time/period.ts'
import { openPhases, type PricedPhase, phaseAt } from './phases.ts'
import type { RatedSubscription, RatingTerms, RefusalReason, UsageToRate } from './terms.ts'

/** Usage, or a part of it, that falls under one price in one billing month. */
export type UsagePart = {
  readonly usage: UsageToRate
  readonly price: PriceCandidate
  readonly productId: string | null
  readonly subscription: RatedSubscription | undefined
  readonly month: Period
  readonly window: Period
  readonly quantity: Decimal
  /** Part of what the usage was cut into. */
  readonly isSplit: boolean
}

/** Cuts usage into its parts, most often one. The parts' quantities sum to the whole. Refused usage has none. */
export type UsagePartitioner = (usage: UsageToRate) => UsagePart | readonly UsagePart[] | RefusalReason

/** All usage of one subscription, or of one product without a subscription. */
type Owner = {
  readonly subscription: RatedSubscription | undefined
  readonly calendar: BillingCalendar
  readonly phases: readonly PricedPhase[]
}

type Piece = {
  readonly price: PriceCandidate
  readonly productId: string | null
  readonly month: Period
  readonly from: number
  readonly to: number
}

/**
 * Cuts at the ends of billing months and where another price comes into force, or the subscription another phase (B18).
 * Refuses the whole usage when any part of it has no price, or a price in another unit.
 */
export function openPartitioner(terms: RatingTerms, index: PriceIndex): UsagePartitioner {
  const ownerOf = openOwners(terms, index)
  return (usage) => {
    const owner = ownerOf(usage)
    const start = usage.window.start.getTime()
    const end = usage.window.end.getTime()
    if (start >= end) return []
    const first = pieceAt(usage, owner, start)
    if (typeof first === 'string') return first
    if (first.to !== end) return partsOf(usage, owner, first)
    const { price, productId, month } = first
    return {
      usage,
      price,
      productId,
      subscription: owner.subscription,
      month,
      window: usage.window,
      quantity: usage.quantity,
      isSplit: false,
    }
  }
}

/** The parts of a window that does not end with its first piece. */
function partsOf(usage: UsageToRate, owner: Owner, first: Piece): readonly UsagePart[] | RefusalReason {
  const end = usage.window.end.getTime()
  const pieces = [first]
  for (let at = first.to; at < end; ) {
    const piece = pieceAt(usage, owner, at)
    if (typeof piece === 'string') return piece
    append(pieces, piece)
    at = piece.to
  }
  return pieces.map((piece) => partOf(usage, piece, { subscription: owner.subscription, isSplit: pieces.length > 1 }))
}

/** The piece that begins at `at`, as long as nothing changes. */
function pieceAt(usage: UsageToRate, { phases, calendar }: Owner, at: number): Piece | RefusalReason {
  const phase = phaseAt(phases, at)
  const candidates = phase.candidates(usage.meter)
  const price = priceAt(candidates.prices, at, usage.dimensions)
  if (!price) return 'no-price'
  if (price.rule.unit !== usage.unit) return 'unit-mismatch'

  const { productId } = phase
  const { start, end } = usage.window
  const month = calendar(at === start.getTime() ? start : new Date(at))
  if (candidates.isUndivided) return { price, productId, month, from: at, to: end.getTime() }
  return { price, productId, month, from: at, to: Math.min(end.getTime(), month.end.getTime(), nextBoundary(candidates, at), phase.to) }
}

/** Joins a piece to the one before when neither price nor month changed in between. */
function append(pieces: Piece[], piece: Piece): void {
  const last = pieces[pieces.length - 1]
  if (last && last.price === piece.price && last.month === piece.month) pieces[pieces.length - 1] = { ...last, to: piece.to }
  else pieces.push(piece)
}

function partOf(usage: UsageToRate, piece: Piece, { subscription, isSplit }: Pick<UsagePart, 'subscription' | 'isSplit'>): UsagePart {
  const { price, productId, month } = piece
  const start = usage.window.start.getTime()
  const of = BigInt(usage.window.end.getTime() - start)
  const quantity = apportion(usage.quantity, { from: BigInt(piece.from - start), to: BigInt(piece.to - start), of })
  const window = { start: new Date(piece.from), end: new Date(piece.to) }
  return { usage, price, productId, subscription, month, window, quantity, isSplit }
}

function nextBoundary({ boundaries }: PriceCandidates, after: number): number {
  for (const boundary of boundaries) if (boundary > after) return boundary
  return Number.POSITIVE_INFINITY
}

function openOwners(terms: RatingTerms, index: PriceIndex): (usage: UsageToRate) => Owner {
  const calendars = openCalendars(terms)
  const subscribed = new Map<string, Owner>()
  const others = new Map<string | null, Owner>()
  return (usage) => {
    const known = usage.subscriptionId === null ? others.get(usage.productId) : subscribed.get(usage.subscriptionId)
    if (known) return known
    const subscription = usage.subscriptionId === null ? undefined : terms.subscriptions.get(usage.subscriptionId)
    invariant(subscription || usage.subscriptionId === null, `rateUsage: subscription ${usage.subscriptionId} was not given`)
    const { sampledMeters } = terms
    const phases = openPhases(index, { ...(subscription ?? { productId: usage.productId }), ...(sampledMeters && { sampledMeters }) })
    const made = { subscription, phases, calendar: calendars(subscription?.cycle) }
    if (subscription) subscribed.set(subscription.id, made)
    else others.set(usage.productId, made)
    return made
  }
}

function openCalendars(terms: RatingTerms): (cycle: BillingCycle | undefined) => BillingCalendar {
  const own = billingCalendar(terms.cycle)
  const others = new Map<string, BillingCalendar>()
  return (cycle) => {
    if (!cycle) return own
    const key = `${cycle.zone}|${cycle.anchorDay}`
    const calendar = others.get(key) ?? billingCalendar(cycle)
    others.set(key, calendar)
    return calendar
  }
}
