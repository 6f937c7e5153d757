import { z } from 'zod'
import { isCurrency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { decimalText } from '../pricing/models/decimal-text.ts'
import { PayoutRule, storedRule } from './payout-rule.ts'

/** A percentage from 0 to 100, as a decimal text. */
export const percentText = decimalText.refine((value) => value.lte(100), 'above-hundred')

const days = z.number().int().min(0).max(365)
const currencyCode = z.string().refine(isCurrency, 'unknown-currency')

/** What a discount per scope lowers: percent off what the customer paid. */
const Discounts = z.object({ setup: percentText, recurring: percentText, usage: percentText, overage: percentText })

/**
 * How one edge is settled: every contract carries them, whatever its depth. Percentages and amounts are decimal texts, amounts in major
 * units of `currency`, net of tax. While the child is suspended its customers go on for `graceDays`, for good at 0. `partnerFee` is per
 * billing cycle; `reservePercent` of each payout stays back for `reserveDays`.
 */
export const SettlementSettings = z.object({
  pricing: z.enum(['discount-off-list', 'buy-price-book', 'revenue-share']),
  chargeTrigger: z.enum(['on-usage', 'on-customer-payment']),
  collectsPayments: z.enum(['child', 'parent']),
  issuer: z.enum(['child', 'parent']),
  isSelfBilled: z.boolean(),
  currency: currencyCode,
  creditTerms: z.object({ dueDays: days, graceDays: days }),
  discounts: Discounts,
  financialChargeRate: percentText,
  partnerFee: decimalText,
  payoutRule: PayoutRule.nullable(),
  entitlementScope: z.enum(['subscription', 'pool']),
  hardCap: z.boolean(),
  holdDays: days,
  reservePercent: percentText,
  reserveDays: days,
  isOperatingUnit: z.boolean(),
})
export type SettlementSettings = z.output<typeof SettlementSettings>
export type StoredSettings = z.input<typeof SettlementSettings>

/** The settings as they are stored: decimals as texts. */
export function storedSettings(settings: SettlementSettings): StoredSettings {
  const { setup, recurring, usage, overage } = settings.discounts
  return {
    ...settings,
    discounts: { setup: setup.toFixed(), recurring: recurring.toFixed(), usage: usage.toFixed(), overage: overage.toFixed() },
    financialChargeRate: settings.financialChargeRate.toFixed(),
    partnerFee: settings.partnerFee.toFixed(),
    reservePercent: settings.reservePercent.toFixed(),
    payoutRule: settings.payoutRule && storedRule(settings.payoutRule),
  }
}

type Agreed = Pick<SettlementSettings, 'pricing' | 'chargeTrigger' | 'collectsPayments' | 'issuer' | 'isSelfBilled' | 'currency'>

/** The settings of a contract that agreed on nothing further. */
export function plainSettings(agreed: Agreed & { readonly paymentDays: number }): SettlementSettings {
  const { paymentDays, ...own } = agreed
  const none = new Decimal(0)
  return {
    ...own,
    creditTerms: { dueDays: paymentDays, graceDays: 0 },
    discounts: { setup: none, recurring: none, usage: none, overage: none },
    financialChargeRate: none,
    partnerFee: none,
    payoutRule: null,
    entitlementScope: 'subscription',
    hardCap: false,
    holdDays: 0,
    reservePercent: none,
    reserveDays: 0,
    isOperatingUnit: false,
  }
}
