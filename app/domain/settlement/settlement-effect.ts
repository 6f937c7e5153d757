import type { SettlementSettings } from './settings.ts'

/** How an edge comes to owe: by invoiced charges, by a share of what customers paid, by a share that is paid out, or not at all. */
export type SettlementModel = 'invoiced' | 'share-of-paid' | 'share-paid-out' | 'showback'

/** The model that the settings come to. */
export function modelOf(
  settings: Pick<SettlementSettings, 'pricing' | 'chargeTrigger' | 'collectsPayments' | 'isOperatingUnit'>,
): SettlementModel {
  if (settings.isOperatingUnit) return 'showback'
  if (settings.chargeTrigger === 'on-customer-payment') return 'share-of-paid'
  return settings.pricing === 'revenue-share' ? 'share-paid-out' : 'invoiced'
}
