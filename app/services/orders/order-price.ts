import type { PricedOrder } from './price-order.server.ts'

/** What an order keeps of its price: fees, discounts in order of application, totals. Decimals and minor units as texts. */
export function orderPrice({ fees, discounted, contractId, accepted }: PricedOrder) {
  const { steps, orderNet, orderTax, orderTotal } = discounted
  return {
    contractId,
    currency: orderNet.currency,
    fees: fees.map(({ feeKind, hourly, amount }) => ({ feeKind, hourly: hourly?.toFixed() ?? null, minor: amount.minor.toString() })),
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
