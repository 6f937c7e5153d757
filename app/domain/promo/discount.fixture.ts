import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import type { Discount, DiscountableLine } from './discount.ts'

/** 10 % off recurring fees of the whole contract from June 2026 on; `changes` makes it another discount. */
export function discount(changes: Partial<Discount> = {}): Discount {
  return {
    id: 'discount-1',
    name: { en: 'Ten percent' },
    value: { method: 'percent', percent: new Decimal(10) },
    accountId: null,
    subscriptionId: null,
    scopes: ['recurring'],
    productGroups: [],
    priority: 100,
    stackGroup: null,
    isStackable: true,
    since: changes.validFrom ?? new Date('2026-01-01T00:00:00Z'),
    rank: changes.id ?? 'discount-1',
    validFrom: new Date('2026-01-01T00:00:00Z'),
    validTo: null,
    ...changes,
  }
}

/** A fixed coupon over `minor` of `currency`. */
export function coupon(minor: bigint, currency = 'EUR', changes: Partial<Discount> = {}): Discount {
  return discount({
    id: 'coupon-1',
    value: { method: 'amount', remaining: money(minor, currency) },
    scopes: ['setup', 'recurring'],
    ...changes,
  })
}

/** A recurring fee of June 2026 over `minor` cents. */
export function line(key: string, minor: bigint, changes: Partial<DiscountableLine> = {}): DiscountableLine {
  return {
    key,
    accountId: 'account-1',
    subscriptionId: 'subscription-1',
    productGroup: null,
    scope: 'recurring',
    meter: null,
    billedQuantity: new Decimal(1),
    amount: money(minor, 'EUR'),
    periodStart: new Date('2026-05-31T22:00:00Z'),
    billingPeriod: '2026-06-01',
    isCorrection: false,
    ...changes,
  }
}
