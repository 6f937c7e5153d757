import { runningPlaces } from '../money/apportion.ts'
import { Decimal } from '../money/decimal.ts'
import { type FeeInterval, type FeeKind, isInForce, type PriceRule } from '../pricing/price-rule.ts'
import { prorate, prorationSlice } from '../proration/prorate.ts'
import { billingMonthAt } from '../time/billing-month.ts'
import { localDateOf } from '../time/local-date.ts'
import { containsInstant, intersect, type Period } from '../time/period.ts'
import { servicePeriodAt } from '../time/service-period.ts'
import type { RatedCharge } from './charge.ts'
import { type FeeItem, type FeeSubscription, itemsOf } from './fee-subscription.ts'

export type FeeInput = {
  readonly subscription: FeeSubscription
  /** The prices of the contract, of every version and layer. */
  readonly rules: readonly PriceRule[]
  readonly currency: string
  /** What a run reaches: fees are due whose service begins in it, or for a price in arrears ends in it. */
  readonly span: Period
}

/**
 * What a fee comes to as things stand, whatever was charged of it before. `isDue` says whether it may be charged for the
 * first time; what is known already is corrected any time.
 */
export type FeeTarget = {
  readonly charge: RatedCharge
  readonly isDue: boolean
  /** What the same service comes to at another price for each one. */
  amountAt(unitPrice: Decimal): Decimal
}

/**
 * Every fee of `subscription` whose service period touches `span`, in full as things stand: setup once, one recurring fee for
 * each item and service period, prorated by the plan's policy (B17), a renewal fee for each renewal, a cancellation fee at an
 * early end. Amounts are exact to 12 decimals and never below zero. The price is the one in force when the item's service
 * begins, or that of the version the item keeps; a product without a price for a fee has no such fee.
 */
export function feeTargets(input: FeeInput): FeeTarget[] {
  const items = itemsOf(input.subscription)
  return [
    ...setupTargets(input, items),
    ...items.flatMap((item) => [...recurringTargets(input, item), ...renewalTargets(input, item)]),
    ...cancellationTargets(input, items),
  ]
}

type ItemFacts = FeeInput & { readonly item: FeeItem; readonly rule: PriceRule; readonly period: Period; readonly used: Period }

/** For the first main item that outlasts the trial, for each add-on, and for a later main product only where the plan says so. */
function setupTargets(input: FeeInput, items: readonly FeeItem[]): FeeTarget[] {
  const { subscription } = input
  const charged = new Set<string>()
  const isFirst = (item: FeeItem) => {
    if (item.role === 'included' || charged.has(item.productId) || isOverWithTrial(input, item)) return false
    if (
      item.role === 'main' &&
      !subscription.hasSetupOnChange &&
      items.some((other) => other.role === 'main' && charged.has(other.productId))
    )
      return false
    charged.add(item.productId)
    return true
  }
  return items.filter(isFirst).flatMap((item) => once(input, item, { feeKind: 'setup', at: afterTrial(input, item), key: item.productId }))
}

function renewalTargets(input: FeeInput, item: FeeItem): FeeTarget[] {
  if (!item.isRenewal || item.role !== 'main') return []
  const key = localDateOf(item.startsAt, input.subscription.cycle.zone)
  return once(input, item, { feeKind: 'renewal', at: item.startsAt, key })
}

function cancellationTargets(input: FeeInput, items: readonly FeeItem[]): FeeTarget[] {
  const at = input.subscription.cancelledAt
  const item = items.filter(({ role }) => role === 'main').at(-1)
  return at && item ? once(input, item, { feeKind: 'cancellation', at, key: item.productId }) : []
}

type OneTime = { readonly feeKind: FeeKind; readonly at: Date; readonly key: string }

function once(input: FeeInput, item: FeeItem, { feeKind, at, key }: OneTime): FeeTarget[] {
  const { subscription, span } = input
  const rule = feeRuleAt(input, item, feeKind, at)
  if (!rule || !containsInstant(span, at)) return []
  const period = billingMonthAt(subscription.cycle, at)
  const used = intersect(period, { start: at, end: item.endsAt ?? period.end }) ?? period
  const charge: RatedCharge = {
    ...feeCharge({ ...input, item, rule, period, used }),
    sourceKey: `${feeKind}:${subscription.id}:${key}`,
    frequency: 'One-Time',
    amount: fullPrice(rule.unitPrice, item),
    reason: { kind: 'fee', proration: { policy: 'none', part: '1', whole: '1' } },
  }
  return [{ charge, isDue: true, amountAt: (unitPrice) => fullPrice(unitPrice, item) }]
}

function recurringTargets(input: FeeInput, item: FeeItem): FeeTarget[] {
  const { span } = input
  const first = feeRuleAt(input, item, 'recurring', afterTrial(input, item))
  const targets: FeeTarget[] = []
  let period = periodAt(input, first?.interval ?? null, span.start)
  while (period.start.getTime() <= span.end.getTime()) {
    const used = intersect(period, { start: afterTrial(input, item), end: item.endsAt ?? period.end })
    const rule = used && feeRuleAt(input, item, 'recurring', used.start)
    if (used && rule && !isPaidByTermBefore(input, item, period)) targets.push(recurringTarget({ ...input, item, rule, period, used }))
    period = periodAt(input, rule?.interval ?? first?.interval ?? null, period.end)
  }
  return targets
}

/** Whether the term before the renewal paid for the period that both have a part of: a plan that charges whole periods charges it once. */
function isPaidByTermBefore(input: FeeInput, item: FeeItem, period: Period): boolean {
  const { subscription } = input
  if (!item.isRenewal || (item.proration ?? subscription.proration) !== 'none') return false
  const before = itemsOf(subscription).find(
    (other) =>
      other.productId === item.productId && other.quantity.equals(item.quantity) && other.endsAt?.getTime() === item.startsAt.getTime(),
  )
  return before !== undefined && intersect(period, { start: afterTrial(input, before), end: item.startsAt }) !== undefined
}

function recurringTarget(facts: ItemFacts): FeeTarget {
  const { subscription, item, rule, period, used } = facts
  const policy = item.proration ?? subscription.proration
  const proration = { policy, cycle: period, used, zone: subscription.cycle.zone }
  const slice = prorationSlice(proration)
  const charge = feeCharge(facts)
  const key = `recurring:${subscription.id}:${item.productId}:${charge.billingPeriod}`
  const amountAt = (unitPrice: Decimal) => (item.role === 'included' ? new Decimal(0) : prorate(fullPrice(unitPrice, item), proration))
  return {
    charge: {
      ...charge,
      sourceKey: isLaterPart(facts) ? `${key}@${item.startsAt.toISOString()}` : key,
      frequency: 'Recurring',
      amount: amountAt(rule.unitPrice),
      reason: { kind: 'fee', proration: { policy, part: String(slice.to - slice.from), whole: String(slice.of) } },
    },
    isDue: isDue(facts),
    amountAt,
  }
}

/** Whether the same product stood in the same period under an earlier item: the fee of the later one has a key of its own. */
function isLaterPart({ subscription, item, period }: ItemFacts): boolean {
  return itemsOf(subscription).some(
    (other) =>
      other.productId === item.productId &&
      other.startsAt.getTime() < item.startsAt.getTime() &&
      intersect(period, { start: other.startsAt, end: other.endsAt ?? period.end }) !== undefined,
  )
}

function isDue({ rule, used, span }: ItemFacts): boolean {
  if (rule.billingMode === 'in-arrears') return used.end.getTime() > span.start.getTime() && used.end.getTime() <= span.end.getTime()
  if (rule.billingMode === 'in-advance' && used.start.getTime() === span.end.getTime()) return true
  return containsInstant(span, used.start)
}

function periodAt({ subscription }: FeeInput, interval: FeeInterval | null, at: Date): Period {
  if (!interval) return billingMonthAt(subscription.cycle, at)
  const anchor = subscription.isAnniversary ? subscription.startsAt : null
  return servicePeriodAt({ cycle: subscription.cycle, interval, anchor, at })
}

function afterTrial({ subscription }: FeeInput, item: FeeItem): Date {
  const trial = subscription.trialEndsAt
  return trial && trial.getTime() > item.startsAt.getTime() ? trial : item.startsAt
}

/** Whether the item ends before any fee is due for it. */
function isOverWithTrial(input: FeeInput, item: FeeItem): boolean {
  return item.endsAt !== null && item.endsAt.getTime() <= afterTrial(input, item).getTime()
}

function feeCharge({
  subscription,
  item,
  rule,
  currency,
  period,
  used,
}: ItemFacts): Omit<RatedCharge, 'sourceKey' | 'frequency' | 'amount' | 'reason'> {
  return {
    contractId: subscription.contractId,
    subscriptionId: subscription.id,
    productId: item.productId,
    usageId: null,
    resourceRef: null,
    category: 'Purchase',
    class: '',
    feeKind: rule.feeKind,
    meter: null,
    tier: null,
    unit: rule.unit,
    quantity: item.quantity,
    includedQuantity: new Decimal(0),
    billedQuantity: item.quantity,
    unitPrice: item.role === 'included' ? new Decimal(0) : rule.unitPrice,
    currency,
    priceVersionId: rule.priceVersionId,
    priceRuleId: rule.id,
    chargePeriod: used,
    billingPeriod: localDateOf(period.start, subscription.cycle.zone),
  }
}

/** The lower layer wins; an item that keeps a version has its prices for as long as it likes. */
function feeRuleAt({ rules }: FeeInput, { productId, priceVersionId }: FeeItem, feeKind: FeeKind, at: Date): PriceRule | undefined {
  const own = rules.filter((rule) => rule.feeKind === feeKind && rule.productId === productId)
  const kept = priceVersionId === null ? [] : own.filter((rule) => rule.priceVersionId === priceVersionId)
  if (kept.length > 0) return lowestLayer(kept)
  return lowestLayer(own.filter((rule) => isInForce(rule, at.getTime())))
}

function lowestLayer(rules: readonly PriceRule[]): PriceRule | undefined {
  return rules.reduce<PriceRule | undefined>((best, rule) => (best && best.layer <= rule.layer ? best : rule), undefined)
}

function fullPrice(unitPrice: Decimal, item: FeeItem): Decimal {
  return unitPrice.times(item.quantity).toDecimalPlaces(runningPlaces)
}
