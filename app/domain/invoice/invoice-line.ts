import { Decimal } from '../money/decimal.ts'
import { fromDecimal, type Money, subtract } from '../money/money.ts'
import type { FeeKind } from '../pricing/price-rule.ts'
import type { TaxTreatment } from '../tax/determine-tax.ts'
import type { LocalDate } from '../time/local-date.ts'
import { type BillableItem, isCorrected } from './billable-item.ts'
import type { DiscountNote } from './discount-lines.ts'
import type { InvoiceLineKind } from './finalised-invoice.ts'

/** One line as shown. `amount` includes tax when the prices do; `net` never does. */
export type InvoiceLine = {
  /** Counts from 1 through the whole invoice. */
  readonly position: number
  /** The item it shows. */
  readonly key: string
  readonly sectionAccountId: string
  readonly kind: InvoiceLineKind
  /** What was bought, a corrected line too: decides the revenue account. Discounts have one of their own. */
  readonly feeKind: FeeKind | 'item' | 'discount'
  /** What an `item` is called, by language. */
  readonly title?: Readonly<Record<string, string>>
  readonly subscriptionId: string | null
  readonly productId: string | null
  readonly resourceName: string | null
  readonly resources: number
  readonly meter: string | null
  readonly unit: string
  readonly quantity: Decimal
  readonly includedQuantity: Decimal
  readonly billedQuantity: Decimal
  readonly unitPrice: Decimal
  readonly amount: Money
  readonly net: Money
  readonly treatment: TaxTreatment
  readonly periodStart: Date
  readonly periodEnd: Date
  readonly billingPeriod: LocalDate
  /** Only of a discount line. */
  readonly discount?: DiscountNote
  /** A correction that a re-rating made: of the price, not of what was used. */
  readonly isReRated?: boolean
}

/** What the amount of a line depends on. */
export type ChargedAmount = Pick<BillableItem, 'billedQuantity' | 'unitPrice' | 'amount' | 'charges' | 'currency' | 'shownBefore'>

/** Half of the last decimal that a stored amount keeps. */
const storageError = new Decimal('5e-13')

/**
 * The amount of a line, rounded once (B3). A correction is the rounded new amount less what was already shown, so
 * that billing in one run or in two gives the same total (B4).
 */
export function lineAmount(item: ChargedAmount): Money {
  const amount = exactAmount(item)
  if (!item.shownBefore) return fromDecimal(amount, item.currency)
  return subtract(fromDecimal(item.shownBefore.amount.plus(amount), item.currency), item.shownBefore.shown)
}

/**
 * Quantity × price where the sum of stored charges differs from it by no more than their storage loses, so that half a
 * cent stays half a cent; else the sum, as for prorated fees and capped usage.
 */
function exactAmount(item: ChargedAmount): Decimal {
  return hasOnePrice(item) ? item.billedQuantity.times(item.unitPrice) : item.amount
}

function hasOnePrice({ billedQuantity, unitPrice, amount, charges }: ChargedAmount): boolean {
  return billedQuantity.times(unitPrice).minus(amount).abs().lte(storageError.times(charges))
}

/** Enough for quantity × price to come to the cent of the amount. */
const shownDigits = 8

/**
 * What one unit of a line came to. Usage whose units have no price of their own (started packages, a flat bracket, all at the tier
 * that was reached, a cap) shows its amount by its quantity, in eight digits; everything else shows its price.
 */
export function shownUnitPrice(item: BillableItem): Decimal {
  const { feeKind, billedQuantity, amount, unitPrice } = item
  if (feeKind !== 'usage' || billedQuantity.isZero() || hasOnePrice(item)) return unitPrice
  const effective = amount.div(billedQuantity).toSignificantDigits(shownDigits)
  return effective.isNegative() ? unitPrice : effective
}

/**
 * Whether there is something to show: a fee, even at 0.00; usage that has a price, even inside its allowance; a correction only if it
 * changes the sum. Usage that is free of charge stays out of the way.
 */
export function isShown(item: BillableItem, amount: Money): boolean {
  if (amount.minor !== 0n) return true
  if (isCorrected(item)) return false
  return item.feeKind !== 'usage' || !(item.quantity.isZero() || item.unitPrice.isZero())
}
