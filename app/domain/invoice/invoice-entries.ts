import type { Money } from '../money/money.ts'
import type { TaxTreatment } from '../tax/determine-tax.ts'
import { type DiscountLine, oneDiscount, type TreatedLine } from './discount-lines.ts'
import { type InvoiceLine, shownUnitPrice } from './invoice-line.ts'
import type { Shown } from './line-order.ts'

/** A line of the invoice before tax is known: what was bought, or what is taken off. */
export type Entry = { readonly accountId: string; readonly amount: Money; readonly treatment: TaxTreatment } & (
  | { readonly shown: Shown; readonly discount?: undefined }
  | { readonly discount: DiscountLine; readonly shown?: undefined }
)

/** What was bought, section by section as it is ordered, and below each section what is taken off it. */
export function entriesOf(shown: readonly TreatedLine[], discounts: readonly DiscountLine[]): Entry[] {
  const sections = [...new Set(shown.map(({ item }) => item.accountId))]
  return sections.flatMap((accountId): Entry[] => [
    ...shown
      .filter(({ item }) => item.accountId === accountId)
      .map((line) => ({ accountId, amount: line.amount, treatment: line.treatment, shown: line })),
    ...discounts
      .filter((discount) => discount.accountId === accountId)
      .map((discount) => ({ accountId, amount: discount.amount, treatment: discount.treatment, discount })),
  ])
}

/** The line that an entry becomes at its place. */
export function toLine(entry: Entry, place: { position: number; net: Money }): InvoiceLine {
  const common = { ...place, sectionAccountId: entry.accountId, amount: entry.amount, treatment: entry.treatment }
  return { ...common, ...(entry.discount ? discountFacts(entry.discount) : itemFacts(entry.shown)) }
}

type LineFacts = Omit<InvoiceLine, 'position' | 'net' | 'sectionAccountId' | 'amount' | 'treatment'>

function discountFacts(discount: DiscountLine): LineFacts {
  const { key, subscriptionId, unitPrice, periodStart, periodEnd, billingPeriod, note } = discount
  const about = { subscriptionId, productId: null, resourceName: null, resources: 0, meter: null }
  const times = { periodStart, periodEnd, billingPeriod }
  return { key, kind: 'discount', feeKind: 'discount', ...about, ...oneDiscount, unitPrice, ...times, discount: note }
}

function itemFacts({ item }: Shown): LineFacts {
  const { key, subscriptionId, productId, resourceName, resources, meter, unit, quantity, includedQuantity, billedQuantity } = item
  const { periodStart, periodEnd, billingPeriod, feeKind } = item
  return {
    key,
    kind: item.isReRated || (item.shownBefore && !item.isRunning) ? 'correction' : feeKind,
    feeKind,
    ...(item.title ? { title: item.title } : {}),
    subscriptionId,
    productId,
    resourceName,
    resources,
    meter,
    unit,
    quantity,
    includedQuantity,
    billedQuantity,
    unitPrice: shownUnitPrice(item),
    periodStart,
    periodEnd,
    billingPeriod,
    ...(item.isReRated ? { isReRated: true } : {}),
  }
}
