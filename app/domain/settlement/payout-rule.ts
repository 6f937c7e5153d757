import { z } from 'zod'
import { Decimal } from '../money/decimal.ts'
import { decimalText } from '../pricing/models/decimal-text.ts'
import { err, ok, type Result } from '../shared/result.ts'

const percent = decimalText.refine((value) => value.lte(100), 'above-hundred')
const fixed = decimalText

/** How the child's share of one sale line is found; percentages of 100, `fixed` in major units. */
export const LineRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fixed'), fixed }),
  z.object({ kind: z.literal('difference') }),
  z.object({ kind: z.literal('percent'), percent }),
  z.object({ kind: z.literal('percent-of-difference'), percent }),
  z.object({ kind: z.literal('parent-percent-and-fixed'), percent, fixed }),
  z.object({ kind: z.literal('parent-percent-of-price'), percent }),
  z.object({ kind: z.literal('child-percent-and-fixed'), percent, fixed }),
])
export type LineRule = z.output<typeof LineRule>

/** The same, or one of them per product, by the product's code; products that are not listed follow `otherwise`. */
export const PayoutRule = z.discriminatedUnion('kind', [
  ...LineRule.options,
  z.object({ kind: z.literal('per-product'), byProduct: z.record(z.string().min(1).max(100), LineRule), otherwise: LineRule }),
])
export type PayoutRule = z.output<typeof PayoutRule>
export type StoredRule = z.input<typeof PayoutRule>

/** Every rule for one line, in the order of the forms. */
export const lineRuleKinds: readonly LineRule['kind'][] = [
  'fixed',
  'difference',
  'percent',
  'percent-of-difference',
  'parent-percent-and-fixed',
  'parent-percent-of-price',
  'child-percent-and-fixed',
]

/** The rule as it is stored: decimals as texts. */
export function storedRule(rule: PayoutRule): StoredRule {
  if (rule.kind !== 'per-product') return storedLineRule(rule)
  const byProduct = Object.fromEntries(Object.entries(rule.byProduct).map(([code, each]) => [code, storedLineRule(each)]))
  return { kind: rule.kind, byProduct, otherwise: storedLineRule(rule.otherwise) }
}

function storedLineRule(rule: LineRule): z.input<typeof LineRule> {
  switch (rule.kind) {
    case 'difference':
      return rule
    case 'fixed':
      return { kind: rule.kind, fixed: rule.fixed.toFixed() }
    case 'percent':
    case 'percent-of-difference':
    case 'parent-percent-of-price':
      return { kind: rule.kind, percent: rule.percent.toFixed() }
    case 'parent-percent-and-fixed':
    case 'child-percent-and-fixed':
      return { kind: rule.kind, percent: rule.percent.toFixed(), fixed: rule.fixed.toFixed() }
  }
}

/** A line that was sold: `sell` net, and the parent's price `buy`, both in major units; `buy` is null when the parent has none. */
export type SaleLine = { readonly sell: Decimal; readonly buy: Decimal | null; readonly productCode: string | null }

/**
 * The child's share of one sale line, in major units, unrounded: below zero it is a debit. With S = sell, B = buy, p, F:
 * F; S - B; S × p; (S - B) × p; S - (S × p + F); (B - B × p) + (S - B); S × p + F.
 * Refuses a rule that needs a buy price when there is none.
 */
export function shareOf(rule: PayoutRule, line: SaleLine): Result<Decimal, 'no-buy-price'> {
  const { sell } = line
  const own = rule.kind === 'per-product' ? (line.productCode && rule.byProduct[line.productCode]) || rule.otherwise : rule
  switch (own.kind) {
    case 'fixed':
      return ok(own.fixed)
    case 'percent':
      return ok(part(sell, own.percent))
    case 'parent-percent-and-fixed':
      return ok(sell.minus(part(sell, own.percent).plus(own.fixed)))
    case 'child-percent-and-fixed':
      return ok(part(sell, own.percent).plus(own.fixed))
  }
  const { buy } = line
  if (!buy) return err('no-buy-price')
  const difference = sell.minus(buy)
  switch (own.kind) {
    case 'difference':
      return ok(difference)
    case 'percent-of-difference':
      return ok(part(difference, own.percent))
    case 'parent-percent-of-price':
      return ok(buy.minus(part(buy, own.percent)).plus(difference))
  }
}

function part(whole: Decimal, percentage: Decimal): Decimal {
  return whole.times(percentage).div(new Decimal(100))
}
