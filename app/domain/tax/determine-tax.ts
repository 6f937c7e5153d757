import { Decimal } from '../money/decimal.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { LocalDate } from '../time/local-date.ts'
import { rateOn } from './rate-table.ts'
import type { RateKind, TaxRate } from './tax-rate.ts'
import { hasRegistration, isInForceOn, type RegistrationKind, type TaxExemption, type TaxRegistration } from './tax-status.ts'
import { isInEu, placeOf, type TaxPlace } from './vat-area.ts'

/** UNCL 5305, as in EN 16931: standard (reduced too), reverse charge, zero-rated, exempt, free export, outside the scope of the seller's VAT. */
export type TaxCategory = 'S' | 'AE' | 'Z' | 'E' | 'G' | 'O'

/** Why a rate was taken; the invoice's note and the office's explanation are written from it. */
export const taxReasons = [
  'domestic',
  'reverse-charge-domestic',
  'reverse-charge-eu',
  'destination-eu',
  'destination-registered',
  'origin-below-threshold',
  'outside-eu',
  'service-abroad',
  'zero-rated-export',
  'seller-not-registered',
  'small-business',
  'buyer-exempt',
  // What nobody was supplied with: interest and damages for late payment.
  'no-supply',
] as const
export type TaxReason = (typeof taxReasons)[number]

/** How a supply is taxed; `rate` in percent. */
export type TaxTreatment = { readonly category: TaxCategory; readonly rate: Decimal; readonly reason: TaxReason }

/** Countries by ISO 3166 code. */
export type SellerTaxFacts = {
  readonly country: string
  readonly addressLines?: readonly string[]
  readonly isRegistered: boolean
  readonly registrations?: readonly TaxRegistration[]
  /** The seller's own rates, those entered last first. */
  readonly rates?: readonly TaxRate[]
}

export type BuyerTaxFacts = {
  readonly country: string
  readonly addressLines?: readonly string[]
  readonly isBusiness: boolean
  /** As the register last confirmed it: nothing here asks anybody (B9). */
  readonly hasValidVatId: boolean
  readonly exemptions?: readonly TaxExemption[]
}

export type TaxFacts = {
  readonly seller: SellerTaxFacts
  readonly buyer: BuyerTaxFacts
  /** The tax point, in the seller's zone. */
  readonly on: LocalDate
  /** Which of a country's rates applies to what is sold, the standard one unless said; so does a country's that has no such rate. */
  readonly kind?: RateKind
}

type Case = TaxFacts & { readonly from: TaxPlace; readonly to: TaxPlace }
type Outcome = Result<TaxTreatment, 'no-tax-rate'>

const zero = new Decimal(0)

/**
 * How cloud services of `seller` to `buyer` are taxed on that date. They count as electronically supplied services.
 *
 * - A seller that is not registered, or under the small business scheme: none.
 * - Same country: its rate; a business with a valid tax id accounts for it itself where the seller is under a domestic reverse charge.
 *   To a part outside the VAT area none, unless that part has a rate.
 * - Inside the EU to a business with a valid VAT id: reverse charge, 0 % (Directive 2006/112/EC art. 44 and 196).
 * - Inside the EU to anybody else: the rate of the buyer's country (art. 58), through the One Stop Shop or the seller's registration there;
 *   the seller's own rate while it is below the threshold of art. 59c. A business without a valid VAT id counts as a consumer.
 * - From the EU to a place outside: outside the scope, 0 %. Where the seller is registered, consumers pay the rate there.
 * - From elsewhere abroad: likewise; with the non-Union One Stop Shop consumers in the EU pay their country's rate. The Emirates
 *   (zero-rated) and Norway (free export) keep such sales within their own tax.
 * - A buyer with a certificate for the country whose tax would be charged: exempt.
 *
 * Refuses with `no-tax-rate` when no rate is known for the country and date: never guessed.
 */
export function determineTax(facts: TaxFacts): Outcome {
  const { seller, buyer } = facts
  const at: Case = { ...facts, from: placeOf(seller.country, seller.addressLines), to: placeOf(buyer.country, buyer.addressLines) }
  if (!seller.isRegistered) return untaxed('E', 'seller-not-registered')
  if (has(at, 'small-business')) return untaxed('E', 'small-business')
  if (at.from.country === at.to.country) return atHome(at)
  if (isInArea(at.from, at.on)) return fromEu(at)
  return fromElsewhere(at)
}

function atHome(at: Case): Outcome {
  const { to } = at
  if (to.isOutsideArea && !at.from.isOutsideArea && !rateAt(at, to)) return untaxed('O', 'outside-eu')
  if (has(at, 'domestic-reverse-charge') && isTaxableBusiness(at)) return untaxed('AE', 'reverse-charge-domestic')
  return taxedIn(at, to, 'domestic')
}

function fromEu(at: Case): Outcome {
  const { to, on } = at
  if (!isInArea(to, on)) return isRegisteredThere(at) ? taxedIn(at, to, 'destination-registered') : untaxed('O', 'outside-eu')
  if (isTaxableBusiness(at)) return untaxed('AE', 'reverse-charge-eu')
  if (has(at, 'country', to.country)) return taxedIn(at, to, 'destination-registered')
  if (has(at, 'below-threshold')) return taxedIn(at, at.from, 'origin-below-threshold')
  return taxedIn(at, to, 'destination-eu')
}

function fromElsewhere(at: Case): Outcome {
  const { to, on, from } = at
  if (isRegisteredThere(at)) return taxedIn(at, to, 'destination-registered')
  if (isInArea(to, on) && has(at, 'oss') && !isTaxableBusiness(at)) return taxedIn(at, to, 'destination-eu')
  if (from.country === 'AE') return untaxed('Z', 'zero-rated-export')
  if (from.country === 'NO') return untaxed('G', 'zero-rated-export')
  return untaxed('O', 'service-abroad')
}

/** Of businesses with an id the country of the buyer collects from them, not from the seller. */
function isRegisteredThere(at: Case): boolean {
  return !at.to.isOutsideArea && has(at, 'country', at.to.country) && !isTaxableBusiness(at)
}

function isTaxableBusiness({ buyer }: Case): boolean {
  return buyer.isBusiness && buyer.hasValidVatId
}

function isInArea(place: TaxPlace, on: LocalDate): boolean {
  return isInEu(place.country, on) && !place.isOutsideArea
}

function has({ seller, on }: Case, kind: RegistrationKind, country?: string): boolean {
  return hasRegistration(seller.registrations ?? [], { kind, on, ...(country ? { country } : {}) })
}

function untaxed(category: TaxCategory, reason: TaxReason): Outcome {
  return ok({ category, rate: zero, reason })
}

/** The rate of the region where it has one of its own, else that of the country; outside the area the country's does not reach. */
function rateAt({ on, seller, kind = 'standard' }: Case, { country, region, isOutsideArea }: TaxPlace): Decimal | undefined {
  const own = seller.rates ?? []
  const ofKind = (of: RateKind) => {
    const regional = region === null ? undefined : rateOn({ country: region, kind: of, on, own })
    return regional ?? (isOutsideArea ? undefined : rateOn({ country, kind: of, on, own }))
  }
  return ofKind(kind) ?? (kind === 'standard' ? undefined : ofKind('standard'))
}

function taxedIn(at: Case, place: TaxPlace, reason: TaxReason): Outcome {
  const isExempt = (at.buyer.exemptions ?? []).some((paper) => paper.country === place.country && isInForceOn(paper, at.on))
  if (isExempt) return untaxed('E', 'buyer-exempt')
  const rate = rateAt(at, place)
  if (!rate) return err('no-tax-rate')
  return ok({ category: rate.isZero() ? 'Z' : 'S', rate, reason })
}
