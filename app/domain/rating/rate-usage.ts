import type { Decimal } from '../money/decimal.ts'
import { indexPrices } from '../pricing/resolve-price.ts'
import type { RatedCharge } from './charge.ts'
import { riseOver, stepsBegun } from './counted-quantity.ts'
import { type CounterBook, openCounters, type UsageCounter } from './counters.ts'
import { type RatedShare, rateDelta } from './rate-delta.ts'
import { openTariffs, type Tariff, type TariffBook } from './tariffs.ts'
import type { RatingTerms, RefusedUsage, UsageToRate } from './terms.ts'
import { openPartitioner, type UsagePart } from './usage-parts.ts'

export type RatingInput = {
  readonly terms: RatingTerms
  readonly usage: readonly UsageToRate[]
  readonly counters: readonly UsageCounter[]
}
export type RatingOutcome = {
  readonly charges: readonly RatedCharge[]
  /** The counters this batch moved, with their new values. */
  readonly counters: readonly UsageCounter[]
  /** Usage that has no price here: for quarantine, never charged at zero. */
  readonly refused: readonly RefusedUsage[]
}

/**
 * Rates a batch of usage under one contract. Amounts are exact and unrounded. Totals depend neither on the order of
 * the records nor on how a quantity is cut into records or batches, as long as the counters of one batch go into the
 * next. A window that crosses the end of a billing month, or of a price version, is split in proportion to time
 * (B18); a quantity that crosses tiers of a graduated price becomes one charge for each. A record is refused whole or
 * rated whole.
 */
export function rateUsage(input: RatingInput): RatingOutcome {
  const { terms } = input
  const counters = openCounters(input.counters)
  const work: RatingWork = { terms, counters, tariffs: openTariffs(terms, counters), charges: [] }
  const partition = openPartitioner(terms, indexPrices(terms.rules))
  const refused: RefusedUsage[] = []
  for (const usage of input.usage) {
    const parts = partition(usage)
    if (typeof parts === 'string') refused.push({ usageId: usage.id, reason: parts })
    else if (isSeveral(parts)) for (const part of parts) ratePart(work, part, part === parts[0] ? `usage:${usage.id}` : laterKey(part))
    else ratePart(work, parts, `usage:${usage.id}`)
  }
  return { charges: work.charges, counters: counters.moved(), refused }
}

type RatingWork = {
  readonly terms: RatingTerms
  readonly counters: CounterBook
  readonly tariffs: TariffBook
  readonly charges: RatedCharge[]
}

function laterKey({ usage, window }: UsagePart): string {
  return `usage:${usage.id}@${window.start.toISOString()}`
}

function ratePart(work: RatingWork, part: UsagePart, sourceKey: string): void {
  const tariff = work.tariffs(part)
  const shares = rateDelta(tariff, countedQuantity(work.counters, part, tariff))
  if (!isSeveral(shares)) {
    work.charges.push(chargeOf(work.terms, { part, tariff, share: shares, sourceKey }))
    return
  }
  for (const share of shares) {
    const key = share === shares[0] ? sourceKey : `${sourceKey}#${share.tier}`
    work.charges.push(chargeOf(work.terms, { part, tariff, share, sourceKey: key }))
  }
}

function isSeveral<T extends object>(things: T | readonly T[]): things is readonly T[] {
  return Array.isArray(things)
}

type ChargeFacts = { readonly part: UsagePart; readonly tariff: Tariff; readonly share: RatedShare; readonly sourceKey: string }

function chargeOf({ contractId, currency }: RatingTerms, { part, tariff, share, sourceKey }: ChargeFacts): RatedCharge {
  const { usage } = part
  const { includedQuantity, billedQuantity } = share
  return {
    sourceKey,
    contractId,
    subscriptionId: usage.subscriptionId,
    productId: part.productId,
    usageId: usage.id,
    resourceRef: usage.resourceRef,
    category: 'Usage',
    class: '',
    frequency: 'Usage-Based',
    feeKind: 'usage',
    meter: usage.meter,
    tier: share.tier,
    unit: usage.unit,
    quantity: includedQuantity.isZero() ? billedQuantity : includedQuantity.plus(billedQuantity),
    includedQuantity,
    billedQuantity,
    unitPrice: share.unitPrice,
    amount: share.amount,
    currency,
    priceVersionId: tariff.rule.priceVersionId,
    priceRuleId: tariff.rule.id,
    reason: tariff.reasons(share, part),
    chargePeriod: part.window,
    billingPeriod: tariff.periodStart,
  }
}

/**
 * The quantity that counts: as measured, its rise over the month's greatest sample for a meter read at a moment, or what
 * it adds to the resource's quantity in whole steps.
 */
function countedQuantity(counters: CounterBook, { usage, quantity }: UsagePart, tariff: Tariff): Decimal {
  const { rule, periodStart } = tariff
  if (!tariff.isLargestSample && rule.quantityStep === null) return quantity
  const resource = usage.resourceRef ?? ''
  const counted = tariff.isLargestSample ? riseOver(counters.open(`largest|${resource}|${rule.id}`, periodStart), quantity) : quantity
  if (rule.quantityStep === null) return counted
  return stepsBegun(counters.open(`step|${usage.subscriptionId ?? ''}|${resource}|${rule.id}`, periodStart), counted, rule.quantityStep)
}
