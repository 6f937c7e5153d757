import { dividedBy, timesRatio } from '#app/domain/money/decimal-text.ts'
import { type Money, money } from '#app/domain/money/whole-money.ts'
import type { PriceTax } from '#app/domain/tax/tax-lines.ts'

/** Whether prices are shown before tax or with it. */
export type PriceBasis = 'net' | 'gross'

/** Decimals of a tax rate at most; prices per unit have twelve. */
const percentDigits = 6
const rateDigits = 12

/** A price as shown on `basis`. One that includes tax keeps its gross to the unit: the net is what the rounded tax leaves (B8). */
export function moneyOn(basis: PriceBasis, price: Money, tax: PriceTax): Money {
  if (basis === 'gross' ? tax.behaviour === 'inclusive' : tax.behaviour === 'exclusive') return price
  const { percent, hundred } = scaled(tax)
  const taxOf = (whole: bigint) => dividedBy(price.minor * percent, whole)
  if (basis === 'net') return money(price.minor - taxOf(hundred + percent), price.currency)
  return money(dividedBy(price.minor * (hundred + percent), hundred), price.currency)
}

/** A price per unit on `basis`, as decimal text; a net worked out of a gross has nine decimals at most. */
export function rateOn(basis: PriceBasis, price: string, tax: PriceTax): string {
  if (basis === 'gross' ? tax.behaviour === 'inclusive' : tax.behaviour === 'exclusive') return price
  const { percent, hundred } = scaled(tax)
  const [net, gross] = [hundred.toString(), (hundred + percent).toString()]
  return basis === 'net' ? timesRatio(price, [net, gross], 9) : timesRatio(price, [gross, net], rateDigits + percentDigits + 2)
}

/** The rate in percent and hundred of them, as whole numbers of one size. */
function scaled({ percent }: PriceTax): { readonly percent: bigint; readonly hundred: bigint } {
  const hundred = 100n * 10n ** BigInt(percentDigits)
  return { percent: BigInt(timesRatio(percent, [(10n ** BigInt(percentDigits)).toString(), '1'], 0)), hundred }
}
