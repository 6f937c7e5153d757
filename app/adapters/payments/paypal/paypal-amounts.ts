import type { Money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import type { AmountProblem } from '#app/ports/payment-gateway.ts'
import { type AmountTable, moneyOf, rowsOf, unitsOf } from '../amount-table.ts'

/** The currencies that PayPal lists; three of them it takes without decimals. */
export const paypalAmounts: AmountTable = {
  ...rowsOf('AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD ILS MXN MYR NOK NZD PHP PLN SEK SGD THB USD', { decimals: 2, step: 1n }),
  ...rowsOf('HUF JPY TWD', { decimals: 0, step: 1n }),
}

/** An amount as PayPal writes it. */
export type PaypalMoney = { readonly currency_code: string; readonly value: string }

/** `amount` as a decimal text; refused when it cannot be said exactly. */
export function decimalText(amount: Money): Result<string, AmountProblem> {
  const units = unitsOf(paypalAmounts, amount)
  if (!units.ok) return units
  const { decimals } = paypalAmounts[amount.currency] ?? { decimals: 0 }
  const digits = units.value.toString().padStart(decimals + 1, '0')
  return ok(decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`)
}

/** @throws InvariantError when PayPal has no words for it: callers ask `toGatewayAmount` first. */
export function paypalMoney(amount: Money): PaypalMoney {
  const text = decimalText(amount)
  invariant(text.ok, `${amount.minor} ${amount.currency} cannot be said exactly to the gateway`)
  return { currency_code: amount.currency, value: text.value }
}

/** What an amount of PayPal is worth. */
export function moneyOfPaypal({ currency_code: currency, value }: PaypalMoney): Money {
  const { decimals } = paypalAmounts[currency] ?? { decimals: 0 }
  const [whole = '0', fraction = ''] = value.split('.')
  const places = fraction.padEnd(decimals, '0')
  const isExact = /^-?\d+$/.test(whole) && /^\d*$/.test(fraction) && /^0*$/.test(places.slice(decimals))
  invariant(isExact, `the gateway spoke of ${value} ${currency}, which is no whole amount`)
  return moneyOf(paypalAmounts, BigInt(whole + places.slice(0, decimals)), currency)
}
