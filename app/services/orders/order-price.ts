import type { PricedOrder } from './price-order.server.ts'

/** What an order keeps of its price: fees, discounts in order of application, totals. Decimals and minor units as texts. */
export function orderPrice({ fees, discounted, contractId, accepted }: PricedOrder) {
  const { steps, orderNet, orderTax, orderTotal } = discounted
  return {
    contractId,
    currency: orderNet.currency,
    fees: fees.map(({ feeKind, productId, hourly, amount }) => ({
      feeKind,
      productId,
      hourly: hourly?.toFixed() ?? null,
      minor: amount.minor.toString(),
    })),
    discounts: steps
      .filter(({ refusal }) => refusal === null)
      .map(({ discount, base, amount }) => ({
        name: { ...discount.name },
        baseMinor: base.minor.toString(),
        minor: amount.minor.toString(),
      })),
    promotions: accepted.map(({ snapshot }) => snapshot),
    netMinor: orderNet.minor.toString(),
    taxMinor: orderTax.minor.toString(),
    totalMinor: orderTotal.minor.toString(),
  }
}

/** What an order consists of, as it keeps it: a bundle that is composed anew later leaves it as it is. */
export function orderItems({ items }: Pick<PricedOrder, 'items'>) {
  return items.map(({ productId, role, quantity }) => ({ productId, role, quantity: quantity.toFixed() }))
}
