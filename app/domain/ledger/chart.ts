import type { Decimal } from '../money/decimal.ts'
import type { FeeKind } from '../pricing/price-rule.ts'
import type { TaxCategory } from '../tax/determine-tax.ts'

/** One account of a seller's books. Debit raises assets and expenses, credit raises liabilities and income. */
export type ChartAccount = { readonly code: string; readonly kind: 'asset' | 'liability' | 'income' | 'expense' }

/** What buyers owe. */
export const receivable: ChartAccount = { code: 'receivable', kind: 'asset' }

/** What a line earns by: a kind of fee, what staff typed, or the discounts and credits that lower it. */
export type RevenueKind = FeeKind | 'item' | 'discount' | 'credit'

/** What was given up. */
export const badDebt: ChartAccount = { code: 'bad-debt', kind: 'expense' }

/** Earned net, by kind of fee; discounts, and credits that name no line, lower income on accounts of their own. */
export function revenueOf(feeKind: RevenueKind): ChartAccount {
  return { code: `revenue.${feeKind}`, kind: 'income' }
}

/** Tax owed to the state, by category and rate in percent, e.g. `tax-payable.S.19`. */
export function taxPayable(category: TaxCategory, rate: Decimal): ChartAccount {
  return { code: `tax-payable.${category}.${rate.toFixed()}`, kind: 'liability' }
}
