import type { Decimal } from '../money/decimal.ts'
import { indexPrices } from '../pricing/resolve-price.ts'
import type { RatedCharge } from './charge.ts'
import { isLargestSample, riseOver, stepsBegun } from './counted-quantity.ts'
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
  const parts: UsagePart[] = []
  for (const usage of input.usage) {
    parts.length = 0
    const reason = partition(usage, parts)
    if (reason) refused.push({ usageId: usage.id, reason })
    for (const part of parts) ratePart(work, usage, { part, isFirst: part === parts[0], isSplit: parts.length > 1 })
  }
  return { charges: work.charges, counters: counters.moved(), refused }
}

type RatingWork = {
  readonly terms: RatingTerms
  readonly counters: CounterBook
  readonly tariffs: TariffBook
  readonly charges: RatedCharge[]
}

type PartFacts = { readonly part: UsagePart; readonly isFirst: boolean; readonly isSplit: boolean }

function ratePart(work: RatingWork, usage: UsageToRate, { part, isFirst, isSplit }: PartFacts): void {
  const tariff = work.tariffs(usage, part)
  const shares = rateDelta(tariff, countedQuantity(work, usage, part, tariff))
  const sourceKey = isFirst ? `usage:${usage.id}` : `usage:${usage.id}@${part.window.start.toISOString()}`
  const facts = { work, usage, part, tariff, isSplit }
  if (!isSeveral(shares)) work.charges.push(chargeOf(facts, shares, sourceKey))
  else for (const share of shares) work.charges.push(chargeOf(facts, share, share === shares[0] ? sourceKey : `${sourceKey}#${share.tier}`))
}

function isSeveral(shares: RatedShare | readonly RatedShare[]): shares is readonly RatedShare[] {
  return Array.isArray(shares)
}

type ChargeFacts = {
  readonly work: RatingWork
  readonly usage: UsageToRate
  readonly part: UsagePart
  readonly tariff: Tariff
  readonly isSplit: boolean
}

function chargeOf({ work, usage, part, tariff, isSplit }: ChargeFacts, share: RatedShare, sourceKey: string): RatedCharge {
  const { tier, includedQuantity, billedQuantity, unitPrice, amount, isCapped } = share
  const { rule } = tariff
  return {
    sourceKey,
    contractId: work.terms.contractId,
    subscriptionId: usage.subscriptionId,
    productId: part.productId,
    usageId: usage.id,
    resourceRef: usage.resourceRef,
    category: 'Usage',
    class: '',
    frequency: 'Usage-Based',
    feeKind: 'usage',
    meter: usage.meter,
    tier,
    unit: usage.unit,
    quantity: includedQuantity.isZero() ? billedQuantity : includedQuantity.plus(billedQuantity),
    includedQuantity,
    billedQuantity,
    unitPrice,
    amount,
    currency: work.terms.currency,
    priceVersionId: rule.priceVersionId,
    priceRuleId: rule.id,
    reason: tariff.reasons({ isCapped, isSplit, tier }, usage.dimensions),
    chargePeriod: part.window,
    billingPeriod: tariff.periodStart,
  }
}

/**
 * The quantity that counts: as measured, its rise over the month's greatest sample for a meter read at a moment, or what
 * it adds to the resource's quantity in whole steps.
 */
function countedQuantity({ counters }: RatingWork, usage: UsageToRate, part: UsagePart, { rule, periodStart }: Tariff): Decimal {
  const counter = (kind: string) => counters.open(`${kind}|${usage.resourceRef ?? ''}|${rule.id}`, periodStart)
  const quantity = isLargestSample(usage.meter) ? riseOver(counter('largest'), part.quantity) : part.quantity
  return rule.quantityStep === null ? quantity : stepsBegun(counter('step'), quantity, rule.quantityStep)
}
