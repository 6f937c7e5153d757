import type { Money } from '../money/money.ts'
import { type BillableItem, isCorrected } from './billable-item.ts'

/** An item with the amount its line shows. */
export type Shown = { readonly item: BillableItem; readonly amount: Money }

const kindOrder = { setup: 0, recurring: 1, renewal: 2, usage: 3, cancellation: 4, item: 5 } as const

/** By section, then subscription with its fees before its usage, then month, then key: the same for the same items. */
export function byPlace(payerAccountId: string, sectionOrder: readonly string[] = []): (a: Shown, b: Shown) => number {
  const order = sectionOrder.includes(payerAccountId) ? sectionOrder : [payerAccountId, ...sectionOrder]
  const rank = (accountId: string) => (order.includes(accountId) ? order.indexOf(accountId) : order.length)
  return ({ item: a }, { item: b }) =>
    rank(a.accountId) - rank(b.accountId) ||
    compare(a.accountId, b.accountId) ||
    compare(a.subscriptionId ?? '~', b.subscriptionId ?? '~') ||
    Number(isCorrected(a)) - Number(isCorrected(b)) ||
    kindOrder[a.feeKind] - kindOrder[b.feeKind] ||
    compare(a.meter ?? '', b.meter ?? '') ||
    compare(a.billingPeriod, b.billingPeriod) ||
    compare(a.key, b.key)
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
