import type { Decimal } from '../money/decimal.ts'
import type { PriceRule } from '../pricing/price-rule.ts'
import { basisOf, indexPrices } from '../pricing/resolve-price.ts'
import type { ChargeReason, RatedCharge } from './charge.ts'
import { type CounterBook, moveCounter, openCounters, type UsageCounter } from './counters.ts'
import { isLargestSample, riseOver } from './largest-sample.ts'
import { type PerUnitShare, rateEachUnit, ratePerUnit } from './per-unit.ts'
import { openTariffs, type Tariff, type TariffBook } from './tariffs.ts'
import type { RatingTerms, RefusedUsage, UsageToRate } from './terms.ts'
import { openPartitioner, type UsagePart, type UsagePartitioner } from './usage-parts.ts'

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
 * (B18). A record is refused whole or rated whole.
 */
export function rateUsage(input: RatingInput): RatingOutcome {
  const { terms } = input
  const counters = openCounters(input.counters)
  const work: RatingWork = {
    terms,
    counters,
    tariffs: openTariffs(terms, counters),
    partsOf: openPartitioner(terms, indexPrices(terms.rules)),
    charges: [],
  }
  const refused: RefusedUsage[] = []
  for (const usage of input.usage) {
    const parts = work.partsOf(usage)
    if (parts.ok) rateParts(work, usage, parts.value)
    else refused.push({ usageId: usage.id, reason: parts.error })
  }
  return { charges: work.charges, counters: counters.moved(), refused }
}

type RatingWork = {
  readonly terms: RatingTerms
  readonly counters: CounterBook
  readonly tariffs: TariffBook
  readonly partsOf: UsagePartitioner
  readonly charges: RatedCharge[]
}

function rateParts(work: RatingWork, usage: UsageToRate, parts: readonly UsagePart[]): void {
  for (const [index, part] of parts.entries()) work.charges.push(rateOne(work, usage, { part, index, isSplit: parts.length > 1 }))
}

function rateOne(
  work: RatingWork,
  usage: UsageToRate,
  { part, index, isSplit }: { part: UsagePart; index: number; isSplit: boolean },
): RatedCharge {
  const tariff = work.tariffs(usage, part)
  const quantity = countedQuantity(work, usage, part, tariff.periodStart)
  const share = shareOf(tariff, quantity)
  return {
    sourceKey: index === 0 ? `usage:${usage.id}` : `usage:${usage.id}@${part.window.start.toISOString()}`,
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
    tier: null,
    unit: usage.unit,
    quantity,
    includedQuantity: share.includedQuantity,
    billedQuantity: share.billedQuantity,
    unitPrice: part.rule.unitPrice,
    amount: share.amount,
    currency: work.terms.currency,
    priceVersionId: part.rule.priceVersionId,
    priceRuleId: part.rule.id,
    reason: reasonOf(part.rule, share.isCapped, isSplit),
    chargePeriod: part.window,
    billingPeriod: tariff.periodStart,
  }
}

/** The quantity that counts: as measured, or for a meter read at a moment, its rise over the month's greatest sample. */
function countedQuantity(work: RatingWork, usage: UsageToRate, part: UsagePart, periodStart: string): Decimal {
  if (!isLargestSample(usage.meter)) return part.quantity
  return riseOver(work.counters.open(`largest|${usage.resourceRef ?? ''}|${part.rule.id}`, periodStart), part.quantity)
}

function shareOf(tariff: Tariff, quantity: Decimal): PerUnitShare {
  const { counter } = tariff
  if (!counter) return rateEachUnit(tariff.unitPrice, quantity)
  const share = ratePerUnit(tariff, { consumed: counter.consumed, quantity })
  moveCounter(counter, counter.consumed.plus(quantity))
  return share
}

const reasons = new WeakMap<PriceRule, ChargeReason[]>()

/** One shared object per rule and case: thousands of charges of one rule carry the same reason. */
function reasonOf(rule: PriceRule, isCapped: boolean, isSplit: boolean): ChargeReason {
  const cases = reasons.get(rule) ?? []
  const slot = (isCapped ? 1 : 0) + (isSplit ? 2 : 0)
  const made = cases[slot] ?? usageReason(rule, isCapped, isSplit)
  cases[slot] = made
  reasons.set(rule, cases)
  return made
}

function usageReason(rule: PriceRule, isCapped: boolean, isSplit: boolean): ChargeReason {
  return {
    kind: 'usage',
    basis: basisOf(rule),
    matched: rule.match as Readonly<Record<string, string>>,
    isCapped,
    isSplit,
    layer: rule.layer,
    model: rule.model.kind,
    tier: null,
    minimum: null,
    carried: null,
    exchange: null,
  }
}
