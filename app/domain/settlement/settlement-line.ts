import type { BillableItem } from '../invoice/billable-item.ts'
import { exponentOf } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { type Money, toDecimal } from '../money/money.ts'
import type { Period } from '../time/period.ts'

type Names = Readonly<Record<string, string>>

/** What such lines are called, by language: the document is in the words of its buyer. */
const shareOfPayments: Names = {
  en: 'Share of payments received from customers',
  de: 'Anteil an erhaltenen Kundenzahlungen',
  fr: 'Part des paiements reçus des clients',
  ar: 'الحصة من المدفوعات المستلمة من العملاء',
}
const partnerFeeNames: Names = { en: 'Partner fee', de: 'Partnergebühr', fr: 'Frais de partenariat', ar: 'رسوم الشراكة' }

export type SettlementLineInput = {
  readonly contractId: string
  readonly accountId: string
  readonly amount: Money
  readonly span: Period
  readonly billingPeriod: string
}

/** The line of what a contract owes of the payments of its customers. `paid` is their net. */
export function shareLine(input: SettlementLineInput & { readonly paid: Money }): BillableItem {
  const paid = `${toDecimal(input.paid).toFixed(exponentOf(input.paid.currency))} ${input.paid.currency}`
  const title = Object.fromEntries(Object.entries(shareOfPayments).map(([language, name]) => [language, `${name} (${paid})`]))
  return { ...lineOf(input), key: shareKeyOf(input.contractId), title }
}

/** The key of the line of what a contract owes of its customers' payments. */
export function shareKeyOf(contractId: string): string {
  return `settlement:${contractId}`
}

/** The line of the fee for being a partner. */
export function partnerFeeLine(input: SettlementLineInput): BillableItem {
  return { ...lineOf(input), key: `partner-fee:${input.contractId}`, title: partnerFeeNames }
}

/** One piece at its amount; below zero it is a piece given back. It holds no charge. */
function lineOf({ accountId, amount, span, billingPeriod }: SettlementLineInput): Omit<BillableItem, 'key'> {
  const major = toDecimal(amount)
  const quantity = new Decimal(major.isNegative() ? -1 : 1)
  return {
    accountId,
    subscriptionId: null,
    productId: null,
    resourceName: null,
    resources: 0,
    feeKind: 'item',
    meter: null,
    unit: 'piece',
    quantity,
    includedQuantity: new Decimal(0),
    billedQuantity: quantity,
    unitPrice: major.abs(),
    amount: major,
    currency: amount.currency,
    periodStart: span.start,
    periodEnd: span.end,
    billingPeriod,
    charges: 0,
  }
}

/** What the line of a self-billed document is called, by language. */
export const payoutTitle: Names = {
  en: 'Share of revenue',
  de: 'Umsatzbeteiligung',
  fr: 'Part du chiffre d’affaires',
  ar: 'حصة من الإيرادات',
}
