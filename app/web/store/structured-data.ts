import { type Money, toDecimal } from '#app/domain/money/money.ts'
import type { PriceTax } from '#app/domain/tax/tax-lines.ts'
import { moneyOn } from '#app/ui/catalog/price-basis.ts'
import { pageAddress } from './store-pages.ts'

/** Who sells, as search engines read it. */
export type SellerFacts = {
  readonly name: string
  readonly legalName: string
  readonly email: string
  readonly phone?: string | undefined
  readonly address: { readonly street: string; readonly postalCode: string; readonly city: string; readonly country: string }
}

type OfferFacts = { readonly code: string; readonly name: string; readonly monthlyCap: Money; readonly tax: PriceTax }

/**
 * The seller and what it offers in the words of schema.org, for the page at `/`. Prices are those of a month at most, with the tax that a
 * private buyer pays.
 */
export function structuredData(facts: { readonly origin: string; readonly seller: SellerFacts; readonly offers: readonly OfferFacts[] }) {
  const { origin, seller, offers } = facts
  const id = pageAddress(origin, '/#organization')
  return {
    '@context': 'https://schema.org',
    '@graph': [
      organization(seller, { id, url: pageAddress(origin, '/') }),
      ...offers.map((offer) => product(offer, { origin, seller: id })),
    ],
  }
}

function organization({ name, legalName, email, phone, address }: SellerFacts, { id, url }: { id: string; url: string }) {
  const { street: streetAddress, postalCode, city: addressLocality, country: addressCountry } = address
  const place = Object.fromEntries(
    Object.entries({ streetAddress, postalCode, addressLocality, addressCountry }).filter(([, text]) => text),
  )
  return {
    '@type': 'Organization',
    '@id': id,
    name,
    legalName,
    url,
    email,
    ...(phone ? { telephone: phone } : {}),
    address: { '@type': 'PostalAddress', ...place },
  }
}

function product({ code, name, monthlyCap, tax }: OfferFacts, { origin, seller }: { origin: string; seller: string }) {
  const price = toDecimal(moneyOn('gross', monthlyCap, tax)).toFixed()
  const { currency: priceCurrency } = monthlyCap
  return {
    '@type': 'Product',
    name,
    sku: code,
    offers: {
      '@type': 'Offer',
      price,
      priceCurrency,
      availability: 'https://schema.org/InStock',
      url: `${pageAddress(origin, '/order')}?plan=${encodeURIComponent(code)}`,
      seller: { '@id': seller },
      priceSpecification: { '@type': 'UnitPriceSpecification', price, priceCurrency, unitCode: 'MON', valueAddedTaxIncluded: true },
    },
  }
}
