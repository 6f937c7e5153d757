import { allocate } from '../money/allocate.ts'
import { Decimal } from '../money/decimal.ts'
import { type Money, money, subtract, sum, toDecimal } from '../money/money.ts'
import { scopeOf } from '../promo/discount.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { type PayoutRule, shareOf } from './payout-rule.ts'
import type { SettlementSettings } from './settings.ts'
import { type PaidStep, payableOf, shareOfPaid } from './share-of-paid.ts'

/** A line of a document as the parent may know it: what kind of thing, its net, and the parent's own price for it. Major units, no names. */
export type SoldLine = {
  /** A kind of fee, or of line where none was charged. */
  readonly feeKind: string
  readonly hasAllowance: boolean
  readonly net: Decimal
  readonly buy: Decimal | null
  /** The parent's code of the plan. */
  readonly productCode: string | null
}

/** A document that a customer of the child pays, tax included in `total`. */
export type SoldDocument = { readonly net: Money; readonly total: Money; readonly lines: readonly SoldLine[] }

/**
 * The lines that the parent has a part in: what discounts and credits of the child's own take is taken from every line in proportion, and
 * what the child sells without the parent is left out.
 */
export function spreadReductions({ net, lines }: Pick<SoldDocument, 'net' | 'lines'>): SoldLine[] {
  const sold = lines.filter(({ feeKind }) => feeKind !== 'discount' && feeKind !== 'credit')
  const before = sold.reduce((all, line) => all.plus(line.net), new Decimal(0))
  const shared = sold.filter(({ feeKind }) => feeKind !== 'item')
  if (before.isZero()) return shared
  return shared.map((line) => ({ ...line, net: line.net.times(toDecimal(net)).div(before) }))
}

/** What of a share belongs to one sale line when its document is paid in full, in major units. */
export type LineShare = { readonly productCode: string | null; readonly full: Decimal }

/** The child's share of every sale line. Refuses when the rule asks for a parent's price that is not known. */
export function lineShares(lines: readonly SoldLine[], rule: PayoutRule): Result<LineShare[], 'no-buy-price'> {
  const shares: LineShare[] = []
  for (const { net, buy, productCode } of lines) {
    const share = shareOf(rule, { sell: net, buy, productCode })
    if (!share.ok) return err('no-buy-price')
    shares.push({ productCode, full: share.value })
  }
  return ok(shares)
}

/** What the child owes of a document that is paid in full: a part of what was paid by scope, or all but its share. */
export function fullPayable(lines: readonly SoldLine[], settings: SettlementSettings): Result<Decimal, 'no-buy-price'> {
  const parts = lines.map(({ feeKind, hasAllowance, net }) => ({ scope: scopeOf(feeKind, hasAllowance) ?? ('recurring' as const), net }))
  if (parts.length === 0) return ok(new Decimal(0))
  const { payoutRule } = settings
  if (!payoutRule) return ok(payableOf(parts, settings.discounts))
  const shares = lineShares(lines, payoutRule)
  if (!shares.ok) return shares
  const net = parts.reduce((all, part) => all.plus(part.net), new Decimal(0))
  return ok(shares.value.reduce((left, { full }) => left.minus(full), net))
}

/** What one step of payment adds to the shares of all lines, each rounded by itself. */
export function sharesOfStep(shares: readonly LineShare[], step: PaidStep): Money {
  return sum(
    step.total.currency,
    shares.map(({ full }) => shareOfPaid(full, step)),
  )
}

/** Net and tax in one step of payment: the net rounded on what is paid altogether, the tax what is left. */
export function netAndTaxOf(netMajor: Decimal, step: PaidStep): { readonly net: Money; readonly tax: Money } {
  const net = shareOfPaid(netMajor, step)
  return { net, tax: subtract(subtract(step.after, step.before), net) }
}

/** `tax` spread over the taxes of the document, in proportion to what each is in it. */
export function taxesOfStep<T extends { readonly tax: Money }>(tax: Money, taxes: readonly T[]): T[] {
  if (taxes.length === 0) return []
  const parts = allocate(
    tax,
    taxes.map((each) => new Decimal(each.tax.minor.toString()).abs()),
  )
  return taxes.map((each, place) => ({ ...each, tax: parts[place] ?? money(0n, tax.currency) }))
}
