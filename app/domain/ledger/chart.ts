import type { Decimal } from '../money/decimal.ts'
import type { FeeKind } from '../pricing/price-rule.ts'
import type { TaxCategory } from '../tax/determine-tax.ts'

/** Which way an account grows: debit raises assets and expenses, credit raises liabilities and income. */
export type ChartKind = 'asset' | 'liability' | 'income' | 'expense'

/** One account of a seller's books. */
export type ChartAccount = { readonly code: string; readonly kind: ChartKind }

/** What buyers owe, per buyer. A reseller is a buyer of its parent: what a child owes stands here, too. */
export const receivable: ChartAccount = { code: 'receivable', kind: 'asset' }

/** What buyers paid ahead and may spend, per buyer. Never below nothing. */
export const prepaidBalance: ChartAccount = { code: 'prepaid-balance', kind: 'liability' }

/** Money received that settles no document yet, per buyer. Never below nothing. */
export const unappliedCash: ChartAccount = { code: 'unapplied-cash', kind: 'liability' }

/** The seller's own bank accounts. */
export const bank: ChartAccount = { code: 'bank', kind: 'asset' }

/** What a payment provider took and has not paid out yet, e.g. `clearing.stripe`. */
export function clearingOf(gateway: string): ChartAccount {
  return { code: `clearing.${gateway}`, kind: 'asset' }
}

/** What payment providers keep for their work. */
export const gatewayFees: ChartAccount = { code: 'gateway-fees', kind: 'expense' }

/** What payers took back by a dispute although it was given back to them before. */
export const disputeLosses: ChartAccount = { code: 'dispute-losses', kind: 'expense' }

/** What a line earns by: a kind of fee, what staff typed, the share kept for collecting, or the discounts and credits that lower it. */
export type RevenueKind = FeeKind | 'item' | 'financial-charge' | 'discount' | 'credit'

/** Every kind of revenue, in the order of the books. */
export const revenueKinds: readonly RevenueKind[] = [
  'setup',
  'recurring',
  'renewal',
  'usage',
  'cancellation',
  'item',
  'financial-charge',
  'discount',
  'credit',
]

/** Earned net, by kind; discounts, and credits that name no line, lower income on accounts of their own. */
export function revenueOf(kind: RevenueKind): ChartAccount {
  return { code: `revenue.${kind}`, kind: 'income' }
}

/** Invoiced and not earned yet: the part of fees in advance that belongs to later months, by kind of revenue. */
export function deferredRevenueOf(kind: RevenueKind): ChartAccount {
  return { code: `deferred-revenue.${kind}`, kind: 'liability' }
}

/** Tax owed to the state, by category and rate in percent, e.g. `tax-payable.S.19`. */
export function taxPayable(category: TaxCategory, rate: Decimal): ChartAccount {
  return { code: `tax-payable.${category}.${rate.toFixed()}`, kind: 'liability' }
}

/** Tax that others charged and the state gives back, by category and rate, e.g. `input-tax.S.20`. */
export function inputTax(category: TaxCategory, rate: Decimal): ChartAccount {
  return { code: `input-tax.${category}.${rate.toFixed()}`, kind: 'asset' }
}

/** What is bought to be sold on, net: from the parent, or a child's share by self-billed document. */
export const purchases: ChartAccount = { code: 'purchases', kind: 'expense' }

/** What the parent is owed for its documents. */
export const payableToParent: ChartAccount = { code: 'payable-to-parent', kind: 'liability' }

/** What the parent collected from this tenant's customers and still holds. */
export const receivableFromParent: ChartAccount = { code: 'receivable-from-parent', kind: 'asset' }

/** What was collected for a child or is its share, per child's account, until it is offset or paid out. */
export const payableToChild: ChartAccount = { code: 'payable-to-child', kind: 'liability' }

/** What buyers will not pay any more, net. */
export const badDebt: ChartAccount = { code: 'bad-debt', kind: 'expense' }

/** Differences of a few minor units that nobody will pay or claim. */
export const rounding: ChartAccount = { code: 'rounding', kind: 'expense' }

/** Accounts that belong to one buyer each and must never stand on the other side. */
export const neverOverdrawn: readonly ChartAccount[] = [prepaidBalance, unappliedCash]
