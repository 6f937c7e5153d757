import { Decimal } from '../money/decimal.ts'
import { monthOf } from '../time/billing-month.ts'
import type { BillableItem } from './billable-item.ts'
import type { InvoiceInput } from './build-invoice.ts'

const june = monthOf('Europe/Vienna', 2026, 6)

/** A monthly fee of 24.90 for Web 1 in June 2026; `changes` makes it another item. */
export function billableItem(changes: Partial<BillableItem> = {}): BillableItem {
  return {
    key: 'recurring:subscription-1:web-1:2026-06-01',
    accountId: 'account-linde',
    subscriptionId: 'subscription-1',
    productId: 'web-1',
    resourceName: 'shop-01',
    resources: 1,
    feeKind: 'recurring',
    meter: null,
    unit: 'month',
    quantity: new Decimal(1),
    includedQuantity: new Decimal(0),
    billedQuantity: new Decimal(1),
    unitPrice: new Decimal('24.90'),
    amount: new Decimal('24.90'),
    currency: 'EUR',
    periodStart: june.start,
    periodEnd: june.end,
    billingPeriod: '2026-06-01',
    charges: 1,
    ...changes,
  }
}

/** Outgoing traffic of June at `unitPrice` per GB. */
export function trafficItem(
  gb: { quantity: string; included: string; unitPrice: string },
  changes: Partial<BillableItem> = {},
): BillableItem {
  const billed = Decimal.max(new Decimal(gb.quantity).minus(gb.included), 0)
  return billableItem({
    key: 'account-linde|subscription-1|traffic.sent|rule-1|2026-06-01',
    feeKind: 'usage',
    meter: 'traffic.sent',
    unit: 'GB',
    quantity: new Decimal(gb.quantity),
    includedQuantity: new Decimal(gb.quantity).minus(billed),
    billedQuantity: billed,
    unitPrice: new Decimal(gb.unitPrice),
    amount: billed.times(gb.unitPrice),
    ...changes,
  })
}

/** The invoice of Ahorn, Vienna, to its customer Linde, Vienna, for June 2026. */
export function invoiceInput(changes: Partial<InvoiceInput> = {}): InvoiceInput {
  return {
    contract: { id: 'contract-1', accountId: 'account-linde', currency: 'EUR', taxBehaviour: 'exclusive', paymentDays: 14 },
    seller: { country: 'AT', isRegistered: true },
    buyer: { country: 'AT', isBusiness: true, hasValidVatId: true },
    period: june,
    issueDate: '2026-07-01',
    taxPoint: '2026-06-30',
    items: [billableItem()],
    ...changes,
  }
}
