import type { SettlementSettings } from './settings.ts'

/** Settings that contradict each other, each at the field that has to give way. */
export const settingsProblems = {
  'payment-trigger-needs-child-collects': 'chargeTrigger',
  'payment-trigger-needs-share-of-paid': 'chargeTrigger',
  'child-collects-needs-payment-trigger': 'chargeTrigger',
  'share-needs-rule': 'payoutRule',
  'self-billing-needs-share': 'isSelfBilled',
  'issuer-needs-parent-collects': 'issuer',
  'issuer-needs-share': 'issuer',
  'charge-needs-parent-collects': 'financialChargeRate',
  'hold-needs-parent-collects': 'holdDays',
  'reserve-needs-parent-collects': 'reservePercent',
  'reserve-needs-days': 'reserveDays',
  'discounts-need-payment-trigger': 'discounts',
  'pool-needs-buy-prices': 'entitlementScope',
  'hard-cap-needs-pool': 'hardCap',
  'unit-needs-plain-terms': 'isOperatingUnit',
  'other-currency': 'currency',
} as const satisfies Record<string, keyof SettlementSettings>
export type SettingsProblem = keyof typeof settingsProblems

/** Why the settings cannot stand together; empty when they can. `contractCurrency` is that of the edge, which does not change. */
export function checkSettings(
  settings: SettlementSettings,
  { contractCurrency }: { readonly contractCurrency: string },
): SettingsProblem[] {
  const { pricing, payoutRule, isSelfBilled, issuer, entitlementScope, hardCap, reservePercent, reserveDays } = settings
  const isShare = pricing === 'revenue-share'
  const found: Partial<Record<SettingsProblem, boolean>> = {
    ...triggerProblems(settings),
    ...collectingProblems(settings),
    'share-needs-rule': isShare !== (payoutRule !== null),
    'self-billing-needs-share': isSelfBilled && !isShare,
    'issuer-needs-share': issuer === 'parent' && !isShare,
    'reserve-needs-days': reservePercent.gt(0) !== reserveDays > 0,
    'pool-needs-buy-prices': entitlementScope === 'pool' && pricing !== 'buy-price-book',
    'hard-cap-needs-pool': hardCap && entitlementScope !== 'pool',
    'unit-needs-plain-terms': settings.isOperatingUnit && !isPlain(settings),
    'other-currency': settings.currency !== contractCurrency,
  }
  return (Object.keys(settingsProblems) as SettingsProblem[]).filter((problem) => found[problem])
}

function triggerProblems({ pricing, chargeTrigger, collectsPayments, discounts }: SettlementSettings) {
  const isOnPayment = chargeTrigger === 'on-customer-payment'
  const hasDiscount = Object.values(discounts).some((percent) => percent.gt(0))
  return {
    'payment-trigger-needs-child-collects': isOnPayment && collectsPayments === 'parent',
    'payment-trigger-needs-share-of-paid': isOnPayment && pricing === 'buy-price-book',
    'child-collects-needs-payment-trigger': pricing === 'revenue-share' && collectsPayments === 'child' && !isOnPayment,
    'discounts-need-payment-trigger': hasDiscount && !(isOnPayment && pricing === 'discount-off-list'),
  }
}

function collectingProblems({ collectsPayments, issuer, financialChargeRate, holdDays, reservePercent }: SettlementSettings) {
  if (collectsPayments === 'parent') return {}
  return {
    'issuer-needs-parent-collects': issuer === 'parent',
    'charge-needs-parent-collects': financialChargeRate.gt(0),
    'hold-needs-parent-collects': holdDays > 0,
    'reserve-needs-parent-collects': reservePercent.gt(0),
  }
}

/** An operating unit is only shown what it used: nothing is collected, shared or charged between the two. */
function isPlain({ pricing, chargeTrigger, collectsPayments, partnerFee }: SettlementSettings): boolean {
  return pricing !== 'revenue-share' && chargeTrigger === 'on-usage' && collectsPayments === 'child' && partnerFee.isZero()
}
