import type { Decimal } from '../money/decimal.ts'
import type { Money } from '../money/money.ts'
import type { FeeKind } from '../pricing/price-rule.ts'
import type { TaxTreatment } from '../tax/determine-tax.ts'
import type { LocalDate } from '../time/local-date.ts'

/**
 * Open charges of one thing, added up: what becomes one line. A fee is a thing of its own; usage is one thing per
 * account, subscription, meter, price and billing month. `amount` is in major units, unrounded.
 */
export type BillableItem = {
  /** Names the thing within its contract, the same in every run. */
  readonly key: string
  /** The account or department whose section the line stands in. */
  readonly accountId: string
  readonly subscriptionId: string | null
  readonly productId: string | null
  /** The one resource all of it comes from; null when there are several. */
  readonly resourceName: string | null
  readonly resources: number
  /** `item`: no fee of a plan, but what settles an edge; it has a title. */
  readonly feeKind: FeeKind | 'item'
  /** What an `item` is called, by language. */
  readonly title?: Readonly<Record<string, string>>
  readonly meter: string | null
  readonly unit: string
  readonly quantity: Decimal
  readonly includedQuantity: Decimal
  readonly billedQuantity: Decimal
  readonly unitPrice: Decimal
  readonly amount: Decimal
  readonly currency: string
  readonly periodStart: Date
  readonly periodEnd: Date
  readonly billingPeriod: LocalDate
  /** How many charges it holds. */
  readonly charges: number
  /** What earlier invoices took of the same thing, unrounded, and showed of it: makes the line a correction (B4), unless its month still runs. */
  readonly shownBefore?: { readonly amount: Decimal; readonly shown: Money }
  /** Its billing month goes on: more usage after an earlier invoice, of a contract billed by day or week, is no correction. */
  readonly isRunning?: boolean
  /** A re-rating after a price was corrected made some of it, for a period before that of the invoice. */
  readonly isReRated?: boolean
  /** The contract whose prices and discounts it has, where it is not the one it is billed to alone. */
  readonly ratedUnder?: string
  /** The treatment a correction or credit keeps from its invoice (B9); otherwise that of the new invoice. */
  readonly treatment?: TaxTreatment
}

/** Whether the item changes what an earlier invoice settled: usage that came late, or another price for it. */
export function isCorrected({ shownBefore, isReRated }: Pick<BillableItem, 'shownBefore' | 'isReRated'>): boolean {
  return shownBefore !== undefined || isReRated === true
}
