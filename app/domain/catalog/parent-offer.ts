import type { Decimal } from '../money/decimal.ts'
import { feeKeyOf, feesAt, feeToJson, isSameFee, type OfferedFee } from '../pricing/markup/offered-fee.ts'
import { isInForce, type PriceRule } from '../pricing/price-rule.ts'

/** What a parent offers of one product, as the child may know it: what it pays, and what it may ask. Never what the parent pays. */
export type OfferState = {
  readonly code: string
  readonly name: Readonly<Record<string, string>>
  readonly description: Readonly<Record<string, string>>
  readonly spec: unknown
  /** Of the buy prices and of the range: the currency of the child's contract with its parent. */
  readonly currency: string
  readonly fees: readonly OfferedFee[]
  readonly priceFloor: Decimal | null
  readonly priceCeiling: Decimal | null
}

/**
 * The buy prices of a product under one contract, from `from` on, resolved as rating resolves them: of the rules in force the
 * one of the lowest layer counts, at each instant. `productId` null gives the rate card. A fee that goes on at the same price
 * is one fee, whatever versions it passes through.
 */
export function offeredFees(rules: readonly PriceRule[], { productId, from }: { productId: string | null; from: Date }): OfferedFee[] {
  const byKey = new Map<string, PriceRule[]>()
  for (const rule of rules) {
    if (rule.productId !== productId || (rule.validTo !== null && rule.validTo <= from)) continue
    const key = feeKeyOf(rule)
    byKey.set(key, [...(byKey.get(key) ?? []), rule])
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, group]) => timelineOf(group, from))
}

function timelineOf(rules: readonly PriceRule[], from: Date): OfferedFee[] {
  const ordered = [...rules].sort((a, b) => a.layer - b.layer || (a.id < b.id ? -1 : 1))
  const starts = instantsAfter(rules, from)
  const fees: OfferedFee[] = []
  for (const [index, start] of starts.entries()) {
    const rule = ordered.find((candidate) => isInForce(candidate, start))
    if (!rule) continue
    const next = starts[index + 1]
    const fee = feeOf(rule, {
      validFrom: index === 0 ? rule.validFrom : new Date(start),
      validTo: next === undefined ? null : new Date(next),
    })
    const last = fees.at(-1)
    if (last && last.validTo?.getTime() === start && isSameFee(last, fee)) fees[fees.length - 1] = { ...last, validTo: fee.validTo }
    else fees.push(fee)
  }
  return fees
}

/** `from`, and every later instant at which the answer can change, in milliseconds. */
function instantsAfter(spans: readonly Pick<PriceRule, 'validFrom' | 'validTo'>[], from: Date): number[] {
  const bounds = spans.flatMap(({ validFrom, validTo }) => [validFrom.getTime(), ...(validTo ? [validTo.getTime()] : [])])
  return [...new Set([from.getTime(), ...bounds.filter((ms) => ms > from.getTime())])].sort((a, b) => a - b)
}

function feeOf(rule: PriceRule, span: Pick<PriceRule, 'validFrom' | 'validTo'>): OfferedFee {
  const { id: _id, priceVersionId: _version, productId: _product, layer: _layer, exchange: _exchange, ...fee } = rule
  return { ...fee, ...span }
}

export const offerChangeKinds = ['new', 'price', 'range', 'description', 'withdrawn', 'returned'] as const
export type OfferChangeKind = (typeof offerChangeKinds)[number]

type Json = { readonly [key: string]: unknown }
/** One thing that changed in an offer: `before` and `after` hold what is different and nothing else. */
export type OfferChange = {
  readonly kind: OfferChangeKind
  readonly before: Json | null
  readonly after: Json | null
  /** Since when, or from when on. */
  readonly effectiveAt: Date
}

/** An offer as the child knows it. */
export type KnownOffer = OfferState & { readonly isWithdrawn: boolean }

/**
 * What is different in an offer since the child last saw it, in order of effect. `next` is null when the parent offers it no
 * more. A price that changes on a date is one change of that date; the same state twice is no change.
 */
export function offerChanges(known: KnownOffer | null, next: OfferState | null, now: Date): OfferChange[] {
  if (!known) return next ? [{ kind: 'new', before: null, after: pricesJson(next, feesAt(next.fees, now)), effectiveAt: now }] : []
  if (!next)
    return known.isWithdrawn
      ? []
      : [{ kind: 'withdrawn', before: pricesJson(known, feesAt(known.fees, now)), after: null, effectiveAt: now }]

  const returned: OfferChange[] = known.isWithdrawn
    ? [{ kind: 'returned', before: null, after: pricesJson(next, feesAt(next.fees, now)), effectiveAt: now }]
    : []
  return [...returned, ...priceChanges(known, next, now), ...rangeChange(known, next, now), ...descriptionChange(known, next, now)]
}

function priceChanges(known: OfferState, next: OfferState, now: Date): OfferChange[] {
  const changes: OfferChange[] = []
  let last = ''
  for (const ms of instantsAfter([...known.fees, ...next.fees], now)) {
    const at = new Date(ms)
    const difference = differenceAt(known, next, at)
    const text = JSON.stringify(difference && [undated(difference.before), undated(difference.after)])
    if (difference && text !== last) changes.push({ kind: 'price', ...difference, effectiveAt: at })
    last = text
  }
  return changes
}

function differenceAt(known: OfferState, next: OfferState, at: Date) {
  const before = new Map(feesAt(known.fees, at).map((fee) => [feeKeyOf(fee), fee]))
  const after = new Map(feesAt(next.fees, at).map((fee) => [feeKeyOf(fee), fee]))
  const isOtherCurrency = known.currency !== next.currency
  const changed = [...new Set([...before.keys(), ...after.keys()])].sort().filter((key) => {
    const [was, is] = [before.get(key), after.get(key)]
    return isOtherCurrency || !was || !is || !isSameFee(was, is)
  })
  if (changed.length === 0) return null
  const pick = (fees: ReadonlyMap<string, OfferedFee>) => changed.flatMap((key) => fees.get(key) ?? [])
  return { before: pricesJson(known, pick(before)), after: pricesJson(next, pick(after)) }
}

function pricesJson({ currency }: OfferState, fees: readonly OfferedFee[]): Json & { fees: ReturnType<typeof feeToJson>[] } {
  return { currency, fees: fees.map(feeToJson) }
}

/** The prices without their dates: what counts when two changes are compared. */
function undated({ currency, fees }: ReturnType<typeof pricesJson>) {
  return [currency, fees.map(({ validFrom: _from, validTo: _to, ...price }) => price)]
}

function rangeChange(known: OfferState, next: OfferState, now: Date): OfferChange[] {
  const rangeOf = ({ currency, priceFloor, priceCeiling }: OfferState) => ({
    currency,
    priceFloor: priceFloor?.toFixed() ?? null,
    priceCeiling: priceCeiling?.toFixed() ?? null,
  })
  const [before, after] = [rangeOf(known), rangeOf(next)]
  if (before.priceFloor === after.priceFloor && before.priceCeiling === after.priceCeiling) return []
  return [{ kind: 'range', before, after, effectiveAt: now }]
}

function descriptionChange(known: OfferState, next: OfferState, now: Date): OfferChange[] {
  const textsOf = ({ code, name, description, spec }: OfferState) => ({ code, name, description, spec })
  const [before, after] = [textsOf(known), textsOf(next)]
  return canonical(before) === canonical(after) ? [] : [{ kind: 'description', before, after, effectiveAt: now }]
}

/** JSON with sorted keys: the database keeps no order of them. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
