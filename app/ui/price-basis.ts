import { Decimal } from '#app/domain/money/decimal.ts'
import { fromDecimal, type Money, multiply, subtract, toDecimal } from '#app/domain/money/money.ts'
import type { PriceTax } from '#app/domain/tax/tax-lines.ts'

/** Whether prices are shown before tax or with it. */
export type PriceBasis = 'net' | 'gross'

/** A price as shown on `basis`. One that includes tax keeps its gross to the unit: the net is what the rounded tax leaves (B8). */
export function moneyOn(basis: PriceBasis, price: Money, tax: PriceTax): Money {
  if (tax.behaviour === 'exclusive') return basis === 'net' ? price : multiply(price, factorOf(tax))
  return basis === 'gross' ? price : subtract(price, fromDecimal(toDecimal(price).times(tax.percent).div(hundredAnd(tax)), price.currency))
}

/** A price per unit on `basis`, as decimal text; a net worked out of a gross has nine decimals at most. */
export function rateOn(basis: PriceBasis, price: string, tax: PriceTax): string {
  const rate = new Decimal(price)
  if (tax.behaviour === 'exclusive') return basis === 'net' ? price : rate.times(factorOf(tax)).toFixed()
  return basis === 'gross' ? price : rate.times(100).div(hundredAnd(tax)).toDecimalPlaces(9).toFixed()
}

function factorOf(tax: PriceTax): Decimal {
  return hundredAnd(tax).div(100)
}

function hundredAnd({ percent }: PriceTax): Decimal {
  return new Decimal(percent).plus(100)
}
