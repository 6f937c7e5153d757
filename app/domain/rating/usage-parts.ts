import { apportion } from '../money/apportion.ts'
import type { Decimal } from '../money/decimal.ts'
import type { PriceRule } from '../pricing/price-rule.ts'
import { type PriceCandidates, type PriceIndex, ruleAt } from '../pricing/resolve-price.ts'
import { invariant } from '../shared/invariant.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { type BillingCalendar, type BillingCycle, billingCalendar } from '../time/billing-month.ts'
import type { Period } from '../time/period.ts'
import { isLargestSample } from './largest-sample.ts'
import type { RatingTerms, RefusalReason, UsageToRate } from './terms.ts'

/** Usage, or a part of it, that falls under one price in one billing month. */
export type UsagePart = {
  readonly rule: PriceRule
  readonly productId: string | null
  readonly month: Period
  readonly window: Period
  readonly quantity: Decimal
}

/** Cuts usage into its parts. The parts' quantities sum to the whole. */
export type UsagePartitioner = (usage: UsageToRate) => Result<readonly UsagePart[], RefusalReason>

type Piece = { readonly rule: PriceRule; readonly month: Period; readonly from: number; readonly to: number }

/**
 * Cuts at the ends of billing months and where another price comes into force (B18). Refuses the whole usage when any
 * part of it has no price, or a price in another unit.
 */
export function openPartitioner(terms: RatingTerms, index: PriceIndex): UsagePartitioner {
  const calendars = openCalendars(terms)
  return (usage) => {
    const subscription = usage.subscriptionId === null ? undefined : terms.subscriptions.get(usage.subscriptionId)
    invariant(subscription || usage.subscriptionId === null, `rateUsage: subscription ${usage.subscriptionId} was not given`)
    const productId = subscription?.productId ?? usage.productId
    const candidates = index.candidates(productId, usage.meter)
    const pieces = piecesOf(usage, candidates, calendars(subscription?.cycle))
    if (!pieces.ok) return pieces

    const [first] = pieces.value
    if (first && pieces.value.length === 1)
      return ok([{ rule: first.rule, productId, month: first.month, window: usage.window, quantity: usage.quantity }])
    return ok(pieces.value.map((piece) => partOf(usage, piece, productId)))
  }
}

function piecesOf(usage: UsageToRate, candidates: PriceCandidates, calendar: BillingCalendar): Result<readonly Piece[], RefusalReason> {
  const end = usage.window.end.getTime()
  const isUndivided = isLargestSample(usage.meter)
  const pieces: Piece[] = []
  let at = usage.window.start
  while (at.getTime() < end) {
    const rule = ruleAt(candidates.rules, at.getTime(), usage.dimensions)
    if (!rule) return err('no-price')
    if (rule.unit !== usage.unit) return err('unit-mismatch')

    const month = calendar(at)
    const to = isUndivided ? end : Math.min(end, month.end.getTime(), nextBoundary(candidates.boundaries, at.getTime()))
    append(pieces, { rule, month, from: at.getTime(), to })
    if (to === end) break
    at = new Date(to)
  }
  return ok(pieces)
}

/** Joins a piece to the one before when neither price nor month changed in between. */
function append(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1)
  if (last && last.rule === piece.rule && last.month === piece.month) pieces[pieces.length - 1] = { ...last, to: piece.to }
  else pieces.push(piece)
}

function partOf(usage: UsageToRate, piece: Piece, productId: string | null): UsagePart {
  const start = usage.window.start.getTime()
  const of = BigInt(usage.window.end.getTime() - start)
  const quantity = apportion(usage.quantity, { from: BigInt(piece.from - start), to: BigInt(piece.to - start), of })
  return { rule: piece.rule, productId, month: piece.month, window: { start: new Date(piece.from), end: new Date(piece.to) }, quantity }
}

function nextBoundary(boundaries: readonly number[], after: number): number {
  for (const boundary of boundaries) if (boundary > after) return boundary
  return Number.POSITIVE_INFINITY
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
