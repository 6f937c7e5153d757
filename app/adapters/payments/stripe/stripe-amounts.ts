import type { Money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { type AmountTable, moneyOf, rowsOf, unitsOf } from '../amount-table.ts'

/**
 * How Stripe counts. UGX has no row: its documentation contradicts itself, and no charge has proved one of the two. BGN and ANG are no
 * longer money.
 */
export const stripeAmounts: AmountTable = {
  ...rowsOf(
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CNY COP CRC CVE CZK DKK DOP DZD EGP ETB ' +
      'EUR FJD FKP GBP GEL GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR JMD KES KGS KHR KYD KZT LAK LBP LKR LRD LSL MAD MDL MKD MMK MNT ' +
      'MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SEK SGD SHP SLE SOS SRD ' +
      'SZL THB TJS TOP TRY TTD TWD TZS UAH USD UYU UZS WST YER ZAR ZMW',
    { decimals: 2, step: 1n },
  ),
  ...rowsOf('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF', { decimals: 0, step: 1n }),
  ...rowsOf('BHD JOD KWD OMR TND', { decimals: 3, step: 10n }),
  ...rowsOf('ISK', { decimals: 2, step: 100n }),
}

/** An amount in Stripe's units. @throws InvariantError when it has none: callers ask `toGatewayAmount` first. */
export function stripeUnits(amount: Money): { readonly amount: number; readonly currency: string } {
  const units = unitsOf(stripeAmounts, amount)
  invariant(units.ok, `${amount.minor} ${amount.currency} cannot be said exactly to the gateway`)
  return { amount: Number(units.value), currency: amount.currency.toLowerCase() }
}

/** What an amount of Stripe is worth. */
export function stripeMoney(units: number, currency: string): Money {
  return moneyOf(stripeAmounts, BigInt(units), currency.toUpperCase())
}
