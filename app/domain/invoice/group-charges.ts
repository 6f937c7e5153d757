import { Decimal } from '../money/decimal.ts'
import type { RatedCharge } from '../rating/charge.ts'
import type { BillableItem } from './billable-item.ts'

/** A charge with the account that used it and the name of the resource, as shown. */
export type OwnedCharge = RatedCharge & { readonly accountId: string; readonly resourceName: string | null }

/** Adds up charges of one contract that belong on one line; the order of charges does not matter. Items are in order of their keys. */
export function groupCharges(charges: readonly OwnedCharge[]): BillableItem[] {
  const groups = new Map<string, OwnedCharge[]>()
  for (const charge of charges) {
    const key = keyOf(charge)
    const group = groups.get(key)
    if (group) group.push(charge)
    else groups.set(key, [charge])
  }
  const items = [...groups].flatMap(([key, group]) => {
    const [first] = group
    return first ? [toItem(key, first, group)] : []
  })
  return items.sort((a, b) => (a.key < b.key ? -1 : 1))
}

function keyOf(charge: OwnedCharge): string {
  if (charge.feeKind !== 'usage') return charge.sourceKey
  return [charge.accountId, charge.subscriptionId ?? '-', charge.meter, charge.priceRuleId, charge.billingPeriod, charge.tier]
    .filter((part) => part !== null)
    .join('|')
}

function toItem(key: string, first: OwnedCharge, group: readonly OwnedCharge[]): BillableItem {
  const names = new Set(group.map((charge) => charge.resourceName))
  const sum = (pick: (charge: OwnedCharge) => Decimal) => group.reduce((total, charge) => total.plus(pick(charge)), new Decimal(0))
  return {
    key,
    accountId: first.accountId,
    subscriptionId: first.subscriptionId,
    productId: first.productId,
    resourceName: names.size === 1 ? first.resourceName : null,
    resources: new Set(group.map((charge) => charge.resourceRef ?? charge.resourceName)).size,
    feeKind: first.feeKind,
    meter: first.meter,
    unit: first.unit,
    quantity: sum((charge) => charge.quantity),
    includedQuantity: sum((charge) => charge.includedQuantity),
    billedQuantity: sum((charge) => charge.billedQuantity),
    unitPrice: first.unitPrice,
    amount: sum((charge) => charge.amount),
    currency: first.currency,
    periodStart: group.reduce((least, { chargePeriod: { start } }) => (start < least ? start : least), first.chargePeriod.start),
    periodEnd: group.reduce((most, { chargePeriod: { end } }) => (end > most ? end : most), first.chargePeriod.end),
    billingPeriod: first.billingPeriod,
    charges: group.length,
  }
}
