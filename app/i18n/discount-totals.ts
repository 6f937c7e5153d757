import { add, type Money, subtract, sum, zero } from '#app/domain/money/money.ts'
import type { InvoiceLineFacts } from './invoice-facts.ts'

export type DiscountTotals = {
  readonly subtotal: Money
  readonly discounts: readonly { readonly order: number; readonly name: string; readonly amount: Money }[]
}

type TotalledLine = Pick<InvoiceLineFacts, 'subject' | 'amount'>

/**
 * What a document comes to before its discounts, and what each of them takes off, net, in order of application; lines of the same
 * discount in several sections are added up. Null where nothing is taken off.
 */
export function discountTotals(lines: readonly TotalledLine[], net: Money): DiscountTotals | null {
  const byOrder = new Map<number, { name: string; amount: Money }>()
  for (const { subject, amount } of lines) {
    if (subject.kind !== 'discount' || amount.minor === 0n) continue
    const before = byOrder.get(subject.order)?.amount ?? zero(net.currency)
    byOrder.set(subject.order, { name: subject.name, amount: add(before, amount) })
  }
  if (byOrder.size === 0) return null
  const discounts = [...byOrder].sort(([a], [b]) => a - b).map(([order, discount]) => ({ order, ...discount }))
  const all = sum(
    net.currency,
    discounts.map(({ amount }) => amount),
  )
  return { subtotal: subtract(net, all), discounts }
}
