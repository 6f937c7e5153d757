import { Decimal } from '#app/domain/money/decimal.ts'
import { type Money, multiply } from '#app/domain/money/money.ts'

/** Whether prices are shown before tax or with it. */
export type PriceBasis = 'net' | 'gross'

/** `net` as shown on `basis`, where tax is `taxPercent` (decimal text). */
export function moneyOn(basis: PriceBasis, net: Money, taxPercent: string): Money {
  return basis === 'net' ? net : multiply(net, factorOf(taxPercent))
}

/** A price per unit on `basis`, as decimal text. */
export function rateOn(basis: PriceBasis, net: string, taxPercent: string): string {
  return basis === 'net' ? net : new Decimal(net).times(factorOf(taxPercent)).toFixed()
}

function factorOf(taxPercent: string): Decimal {
  return new Decimal(taxPercent).div(100).plus(1)
}
