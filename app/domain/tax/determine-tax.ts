import { Decimal } from '../money/decimal.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { LocalDate } from '../time/local-date.ts'
import { isInEu, standardRateOn } from './standard-rates.ts'

/** UNCL 5305, as in EN 16931: standard, reverse charge, zero-rated, exempt, outside the scope of the seller's VAT. */
export type TaxCategory = 'S' | 'AE' | 'Z' | 'E' | 'O'

/** Why a rate was taken; the invoice's note and the office's explanation are written from it. */
export type TaxReason =
  | 'domestic'
  | 'reverse-charge-eu'
  | 'destination-eu'
  | 'outside-eu'
  | 'service-abroad'
  | 'zero-rated-export'
  | 'seller-not-registered'
  | 'buyer-exempt'

/** How a supply is taxed; `rate` in percent. */
export type TaxTreatment = { readonly category: TaxCategory; readonly rate: Decimal; readonly reason: TaxReason }

export type TaxFacts = {
  /** Countries by ISO 3166 code. */
  readonly seller: { readonly country: string; readonly isRegistered: boolean }
  /** `hasValidVatId` as the register last confirmed it: this function asks nobody (B9). */
  readonly buyer: { readonly country: string; readonly isBusiness: boolean; readonly hasValidVatId: boolean; readonly isExempt: boolean }
  /** The tax point, in the seller's zone. */
  readonly on: LocalDate
}

const zero = new Decimal(0)

/**
 * How cloud services of `seller` to `buyer` are taxed on that date. They count as electronically supplied services.
 *
 * - Same country: its standard rate.
 * - Inside the EU to a business with a valid VAT id: reverse charge, 0 % (Directive 2006/112/EC art. 44 and 196).
 * - Inside the EU to anybody else: the standard rate of the buyer's country, declared through the One Stop Shop
 *   (art. 58). A business without a valid VAT id counts as a consumer. The threshold of art. 59c (10,000 EUR a
 *   year, below which the seller's own rate would do) is not used: destination from the first invoice on.
 * - From the EU to a country outside: outside the scope, 0 %.
 * - From the Emirates abroad: zero-rated. From any other country abroad: outside the scope, 0 %. Registrations that a
 *   seller from outside may need where its consumers live are not represented.
 *
 * Refuses with `no-tax-rate` when the table has no rate for the country and date: never guessed.
 */
export function determineTax({ seller, buyer, on }: TaxFacts): Result<TaxTreatment, 'no-tax-rate'> {
  if (!seller.isRegistered) return ok({ category: 'E', rate: zero, reason: 'seller-not-registered' })
  if (buyer.isExempt) return ok({ category: 'E', rate: zero, reason: 'buyer-exempt' })
  if (seller.country === buyer.country) return standard(seller.country, on, 'domestic')
  if (isInEu(seller.country)) return fromEu(buyer, on)
  if (seller.country === 'AE') return ok({ category: 'Z', rate: zero, reason: 'zero-rated-export' })
  return ok({ category: 'O', rate: zero, reason: 'service-abroad' })
}

function fromEu(buyer: TaxFacts['buyer'], on: LocalDate): Result<TaxTreatment, 'no-tax-rate'> {
  if (!isInEu(buyer.country)) return ok({ category: 'O', rate: zero, reason: 'outside-eu' })
  if (buyer.isBusiness && buyer.hasValidVatId) return ok({ category: 'AE', rate: zero, reason: 'reverse-charge-eu' })
  return standard(buyer.country, on, 'destination-eu')
}

function standard(country: string, on: LocalDate, reason: TaxReason): Result<TaxTreatment, 'no-tax-rate'> {
  const percent = standardRateOn(country, on)
  return percent === undefined ? err('no-tax-rate') : ok({ category: 'S', rate: new Decimal(percent), reason })
}
