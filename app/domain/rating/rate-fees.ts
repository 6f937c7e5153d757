import { runningPlaces } from '../money/apportion.ts'
import { Decimal } from '../money/decimal.ts'
import { isInForce, type PriceRule } from '../pricing/price-rule.ts'
import { type ProrationPolicy, prorate, prorationSlice } from '../proration/prorate.ts'
import { type BillingCycle, billingMonthAt } from '../time/billing-month.ts'
import { localDateOf } from '../time/local-date.ts'
import { containsInstant, intersect, type Period } from '../time/period.ts'
import type { RatedCharge } from './charge.ts'

export type BillingMode = 'in-advance' | 'in-arrears'

/** A subscription as its fees see it: one product, `quantity` times, over `[startsAt, endsAt)`. */
export type FeeSubscription = {
  readonly id: string
  readonly contractId: string
  readonly productId: string
  readonly quantity: Decimal
  readonly startsAt: Date
  readonly endsAt: Date | null
  readonly proration: ProrationPolicy
  /** The subscription's service months: the contract's, or its own by anniversary. */
  readonly cycle: BillingCycle
}

export type FeeInput = {
  readonly subscription: FeeSubscription
  readonly rules: readonly PriceRule[]
  readonly currency: string
  /** Fees are charged whose service begins in it. */
  readonly span: Period
}

/**
 * In which span the service must begin for its fee to be on the invoice that closes `billingPeriod`. In arrears: in
 * the period itself. In advance: there, or at the very start of the next one. What was charged earlier comes up again
 * with the same source key and is not charged twice.
 */
export function feeSpan(mode: BillingMode, billingPeriod: Period): Period {
  if (mode === 'in-arrears') return billingPeriod
  return { start: billingPeriod.start, end: new Date(billingPeriod.end.getTime() + 1) }
}

/**
 * The setup fee, once, and the recurring fees of `subscription` whose service begins in `span`: one for each service
 * month, the first and last prorated by the plan's policy (B17), amounts unrounded to 12 decimals. The price is the one in force when the
 * service begins. A product without a price for a fee has no such fee.
 */
export function rateFees(input: FeeInput): RatedCharge[] {
  return [...setupFee(input), ...recurringFees(input)]
}

function setupFee({ subscription, rules, currency, span }: FeeInput): RatedCharge[] {
  if (!containsInstant(span, subscription.startsAt)) return []
  const rule = feeRuleAt(rules, subscription, 'setup', subscription.startsAt)
  if (!rule) return []
  const month = billingMonthAt(subscription.cycle, subscription.startsAt)
  const used = intersect(month, serviceOf(subscription, month)) ?? month
  return [
    {
      ...feeCharge({ subscription, rule, currency, month, used }),
      sourceKey: `setup:${subscription.id}:${subscription.productId}`,
      frequency: 'One-Time',
      amount: fullPrice(rule, subscription),
      reason: { kind: 'fee', proration: { policy: 'none', part: '1', whole: '1' } },
    },
  ]
}

function recurringFees({ subscription, rules, currency, span }: FeeInput): RatedCharge[] {
  const charges: RatedCharge[] = []
  let month = billingMonthAt(subscription.cycle, span.start)
  while (month.start.getTime() < span.end.getTime()) {
    const used = intersect(month, serviceOf(subscription, month))
    const rule = used && containsInstant(span, used.start) ? feeRuleAt(rules, subscription, 'recurring', used.start) : undefined
    if (used && rule) charges.push(recurringFee({ subscription, rule, currency, month, used }))
    month = billingMonthAt(subscription.cycle, month.end)
  }
  return charges
}

type FeeFacts = {
  readonly subscription: FeeSubscription
  readonly rule: PriceRule
  readonly currency: string
  readonly month: Period
  readonly used: Period
}

function recurringFee(facts: FeeFacts): RatedCharge {
  const { subscription, rule, month, used } = facts
  const proration = { policy: subscription.proration, cycle: month, used, zone: subscription.cycle.zone }
  const slice = prorationSlice(proration)
  const charge = feeCharge(facts)
  return {
    ...charge,
    sourceKey: `recurring:${subscription.id}:${subscription.productId}:${charge.billingPeriod}`,
    frequency: 'Recurring',
    amount: prorate(fullPrice(rule, subscription), proration),
    reason: { kind: 'fee', proration: { policy: subscription.proration, part: String(slice.to - slice.from), whole: String(slice.of) } },
  }
}

function feeCharge({
  subscription,
  rule,
  currency,
  month,
  used,
}: FeeFacts): Omit<RatedCharge, 'sourceKey' | 'frequency' | 'amount' | 'reason'> {
  return {
    contractId: subscription.contractId,
    subscriptionId: subscription.id,
    productId: subscription.productId,
    usageId: null,
    resourceRef: null,
    category: 'Purchase',
    class: '',
    feeKind: rule.feeKind,
    meter: null,
    tier: null,
    unit: rule.unit,
    quantity: subscription.quantity,
    includedQuantity: new Decimal(0),
    billedQuantity: subscription.quantity,
    unitPrice: rule.unitPrice,
    currency,
    priceVersionId: rule.priceVersionId,
    priceRuleId: rule.id,
    chargePeriod: used,
    billingPeriod: localDateOf(month.start, subscription.cycle.zone),
  }
}

function feeRuleAt(
  rules: readonly PriceRule[],
  subscription: FeeSubscription,
  feeKind: 'setup' | 'recurring',
  at: Date,
): PriceRule | undefined {
  return rules.find((rule) => rule.feeKind === feeKind && rule.productId === subscription.productId && isInForce(rule, at.getTime()))
}

function serviceOf(subscription: FeeSubscription, month: Period): Period {
  return { start: subscription.startsAt, end: subscription.endsAt ?? month.end }
}

function fullPrice(rule: PriceRule, subscription: FeeSubscription): Decimal {
  return rule.unitPrice.times(subscription.quantity).toDecimalPlaces(runningPlaces)
}
