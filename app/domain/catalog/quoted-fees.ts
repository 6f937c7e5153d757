import { Decimal } from '../money/decimal.ts'
import { fromDecimal, type Money, zero } from '../money/money.ts'
import { costOf } from '../pricing/models/registry.ts'
import { periodCost } from '../pricing/period-cost.ts'
import { type FeeInterval, modelOf, type PriceRule } from '../pricing/price-rule.ts'
import { indexPrices, type PriceIndex, resolvePrice } from '../pricing/resolve-price.ts'
import type { QuoteInput, StatedUsage } from './quote-product.ts'

/** One line of a quote. */
export type QuotedFee = {
  readonly feeKind: 'setup' | 'recurring' | 'usage'
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
  readonly amount: Money
  /** What it comes to in a month; nothing for a setup fee. */
  readonly monthly: Money
}

/** Meters that run for as long as the server does: their price per hour is part of what a server costs. */
const hourlyMeters: ReadonlySet<string> = new Set(['server.running', 'server.allocated'])

/** Hours of the longest month without a clock change: an hourly price never costs more than they do. */
const longestMonthHours = new Decimal(744)
const one = new Decimal(1)
const none = new Decimal(0)

/** The lines of a quote, from rules that are in force: setup, then recurring, then usage by meter. */
export function quotedFees(input: QuoteInput): QuotedFee[] {
  const own = input.rules.filter((rule) => rule.productId === input.productId)
  return [...fixedFees(own, 'setup', input), ...fixedFees(own, 'recurring', input), ...usageFees(input)]
}

/** The fees of one kind, of the lowest layer that has any. */
function fixedFees(own: readonly PriceRule[], feeKind: 'setup' | 'recurring', input: QuoteInput): QuotedFee[] {
  const ofKind = own.filter((rule) => rule.feeKind === feeKind)
  const layer = Math.min(...ofKind.map((rule) => rule.layer))
  return ofKind.filter((rule) => rule.layer === layer).map((rule) => fixedFee(rule, feeKind, input))
}

function fixedFee(rule: PriceRule, feeKind: 'setup' | 'recurring', { currency, quantity = one }: QuoteInput): QuotedFee {
  const { id, unit, interval } = rule
  const cost = costOf(modelOf(rule), quantity)
  const facts = { feeKind, ruleId: id, meter: null, unit, quantity, includedQuantity: none, hourly: null }
  const amount = fromDecimal(cost, currency)
  if (feeKind === 'setup') return { ...facts, interval: null, amount, monthly: zero(currency) }
  return { ...facts, interval, amount, monthly: interval ? fromDecimal(perMonth(cost, interval), currency) : amount }
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

/** Whether the product's meter is quoted although nothing is stated of it: hours run, and some prices stand. */
function isStanding(
  rule: PriceRule,
  { productId }: QuoteInput,
  named: ReadonlySet<string>,
): rule is PriceRule & { readonly meter: string } {
  if (rule.productId !== productId || rule.meter === null || named.has(rule.meter)) return false
  return hourlyMeters.has(rule.meter) || periodCost(rule, none).amount.gt(0)
}

function usageFee(index: PriceIndex, { meter, quantity, dimensions = {} }: StatedUsage, input: QuoteInput): QuotedFee[] {
  const { productId, memberProductIds = [], currency, at } = input
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
      ruleId: rule.id,
      meter,
      unit: rule.unit,
      quantity: cost.quantity,
      includedQuantity: cost.includedQuantity,
      hourly: isHourly ? rule.unitPrice : null,
      interval: null,
      amount,
      monthly: amount,
    },
  ]
}
