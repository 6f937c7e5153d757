import { Decimal } from '../money/decimal.ts'
import { fromDecimal, type Money, zero } from '../money/money.ts'
import { costOf } from '../pricing/models/registry.ts'
import { periodCost } from '../pricing/period-cost.ts'
import { type FeeInterval, modelOf, type PriceRule } from '../pricing/price-rule.ts'
import { indexPrices, type PriceIndex, resolvePrice } from '../pricing/resolve-price.ts'
import type { RatedCharge } from '../rating/charge.ts'
import type { OrderedItem } from './bundle.ts'
import { firstCharges } from './first-charges.ts'
import type { QuoteInput, StatedUsage } from './quote-product.ts'

/** One line of a quote. */
export type QuotedFee = {
  readonly feeKind: 'setup' | 'recurring' | 'usage'
  readonly productId: string
  readonly role: OrderedItem['role']
  readonly ruleId: string
  readonly meter: string | null
  readonly unit: string
  /** How many of the product, or how much of the meter in a month. */
  readonly quantity: Decimal
  /** Of `quantity`, what costs nothing. */
  readonly includedQuantity: Decimal
  /** Price of an hour, for what is charged by the hour. */
  readonly hourly: Decimal | null
  /** How often a recurring fee comes up; null for every month, and for what is not recurring. */
  readonly interval: FeeInterval | null
  /** The fee once, for one interval, or the most it costs in a month. Before tax. */
  readonly whole: Money
  /** Of `whole`, what the first service period costs. */
  readonly amount: Money
  /** Which part of the service period that is; null for all of it. */
  readonly part: FirstPart | null
  /** What it comes to in a month; nothing for a setup fee. */
  readonly monthly: Money
}

/** The part of a service period that is charged, as days or milliseconds by the plan's policy; decimal texts. */
export type FirstPart = { readonly policy: 'day' | 'second'; readonly part: string; readonly whole: string }

/** Meters that run for as long as the server does: their price per hour is part of what a server costs. */
const hourlyMeters: ReadonlySet<string> = new Set(['server.running', 'server.allocated'])

/** Hours of the longest month without a clock change: an hourly price never costs more than they do. */
const longestMonthHours = new Decimal(744)
/** How many are quoted when nothing is said. */
export const one = new Decimal(1)
const none = new Decimal(0)

/** The lines of a quote, from rules that are in force: setup, then recurring, then usage by meter; in each the product, then its parts. */
export function quotedFees(input: QuoteInput): QuotedFee[] {
  const { productId, quantity = one, parts = [] } = input
  const items: readonly OrderedItem[] = [{ productId, role: 'main', quantity }, ...parts.filter(({ role }) => role !== 'main')]
  const charges = input.service && firstCharges(input, { items, service: input.service })
  const fixed = (feeKind: FixedKind) => items.flatMap((item) => fixedFee(input, { item, feeKind, charges }))
  return [...fixed('setup'), ...fixed('recurring'), ...usageFees(input)]
}

type FixedKind = 'setup' | 'recurring'
type FixedInput = { readonly item: OrderedItem; readonly feeKind: FixedKind; readonly charges: readonly RatedCharge[] | undefined }

/** The fee of one kind and item: the lowest layer that has one. What is included costs nothing, and its setup is no line. */
function fixedFee({ rules, currency }: QuoteInput, { item, feeKind, charges }: FixedInput): QuotedFee[] {
  const { productId, role, quantity } = item
  const ofKind = rules.filter((rule) => rule.feeKind === feeKind && rule.productId === productId)
  const layer = Math.min(...ofKind.map((rule) => rule.layer))
  const rule = ofKind.find((each) => each.layer === layer)
  if (!rule || (role === 'included' && feeKind === 'setup')) return []

  const cost = role === 'included' ? none : costOf(modelOf(rule), quantity)
  const whole = fromDecimal(cost, currency)
  const charge = charges?.find((each) => each.priceRuleId === rule.id)
  const interval = feeKind === 'recurring' ? rule.interval : null
  return [
    {
      feeKind,
      productId,
      role,
      ruleId: rule.id,
      meter: null,
      unit: rule.unit,
      quantity,
      includedQuantity: none,
      hourly: null,
      interval,
      whole,
      amount: charges ? fromDecimal(charge?.amount ?? none, currency) : whole,
      part: charge ? partOf(charge) : null,
      monthly: feeKind === 'setup' ? zero(currency) : interval ? fromDecimal(perMonth(cost, interval), currency) : whole,
    },
  ]
}

function partOf({ reason }: RatedCharge): FirstPart | null {
  if (reason.kind !== 'fee' || reason.proration.policy === 'none' || reason.proration.part === reason.proration.whole) return null
  return { ...reason.proration, policy: reason.proration.policy }
}

/** What a fee for `interval` comes to in a month: the longest one, where days or weeks are counted. */
function perMonth(cost: Decimal, { unit, count }: FeeInterval): Decimal {
  if (unit === 'month') return cost.div(count)
  if (unit === 'year') return cost.div(count * 12)
  return cost.times(31).div(unit === 'week' ? count * 7 : count)
}

/** Hours of the whole month, what is stated, and what a price of the product costs without any use. */
function usageFees(input: QuoteInput): QuotedFee[] {
  const index = indexPrices(input.rules)
  const stated = input.usage ?? []
  const named = new Set(stated.map(({ meter }) => meter))
  const others = new Set(input.rules.flatMap((rule) => (isStanding(rule, input, named) ? rule.meter : [])))
  const assumed = [...others].map((meter): StatedUsage => ({ meter, quantity: hourlyMeters.has(meter) ? longestMonthHours : none }))
  return [...stated, ...assumed].flatMap((usage) => usageFee(index, usage, input))
}

/** Whether a meter of the product or its parts is quoted although nothing is stated of it: hours run, and some prices stand. */
function isStanding(rule: PriceRule, input: QuoteInput, named: ReadonlySet<string>): rule is PriceRule & { readonly meter: string } {
  const isSold = rule.productId !== null && [input.productId, ...membersOf(input)].includes(rule.productId)
  if (!isSold || rule.meter === null || named.has(rule.meter)) return false
  return hourlyMeters.has(rule.meter) || periodCost(rule, none).amount.gt(0)
}

function usageFee(index: PriceIndex, { meter, quantity, dimensions = {} }: StatedUsage, input: QuoteInput): QuotedFee[] {
  const { productId, currency, at } = input
  const memberProductIds = membersOf(input)
  const price = resolvePrice(index, { meter, productId, memberProductIds, dimensions, at })
  if (!price.ok) return []
  const rule = price.value
  const cost = periodCost(rule, quantity)
  const isHourly = hourlyMeters.has(meter) && rule.model.kind === 'per-unit'
  if (hourlyMeters.has(meter) && cost.amount.isZero()) return []
  const amount = fromDecimal(cost.amount, currency)
  return [
    {
      feeKind: 'usage',
      productId,
      role: 'main',
      ruleId: rule.id,
      meter,
      unit: rule.unit,
      quantity: cost.quantity,
      includedQuantity: cost.includedQuantity,
      hourly: isHourly ? rule.unitPrice : null,
      interval: null,
      whole: amount,
      amount,
      part: null,
      monthly: amount,
    },
  ]
}

/** The products beside the main one, by precedence: their usage prices apply too. */
export function membersOf({ memberProductIds = [], parts = [] }: Pick<QuoteInput, 'memberProductIds' | 'parts'>): readonly string[] {
  return [...memberProductIds, ...parts.flatMap(({ role, productId }) => (role === 'main' ? [] : productId))]
}
