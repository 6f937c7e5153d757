import type { DocumentFrame } from '#app/domain/invoice/invoice-document.ts'
import { formatCountry } from './formats.ts'
import { translatorFor } from './i18n.server.ts'
import type { InvoiceBuyer, InvoiceSeller } from './invoice-facts.ts'
import type { DocumentTexts } from './invoice-lines.ts'
import { directionOf, type Language, localeOf } from './languages.ts'

/** What words of a document are written with: its language, the formats of the seller's country, the seller's zone. */
export function documentTexts({ language, seller, zone }: { language: Language; seller: InvoiceSeller; zone: string }): DocumentTexts {
  const direction = directionOf(language)
  return {
    t: translatorFor(language, 'document'),
    locale: localeOf(language, seller.address.country),
    zone,
    // Figures and slashes of a short date lose their order among Arabic words; a named month keeps it.
    dateStyle: direction === 'rtl' ? 'long' : 'medium',
    isolate: direction === 'rtl' ? (text) => (text ? `\u2068${text}\u2069` : '') : (text) => text,
  }
}

/** The seller's side of a page: letterhead, return address and legal facts at the foot. */
export function sellerTexts({ t, isolate, locale }: DocumentTexts, seller: InvoiceSeller): DocumentFrame['seller'] {
  const { registration, management, email, website } = seller
  const { street, postalCode, city, country } = seller.address
  const place = [postalCode, city].filter(Boolean).join(' ')
  const address = [seller.legalName, street, place].filter(Boolean).map(isolate)
  const taxIds = seller.taxIds.map(({ kind, value }) => t(footerKey(kind, country), { value: isolate(value) }))
  return {
    lines: [...address, formatCountry(country, locale)],
    returnLine: address.join(' · '),
    footer: [
      address,
      [...(registration ? [isolate(`${registration.court}, ${registration.number}`)] : []), ...taxIds],
      [
        ...(management.length > 0 ? [t('footer.management', { names: isolate(management.join(', ')) })] : []),
        isolate(email),
        ...(website ? [isolate(website)] : []),
      ],
    ],
  }
}

function footerKey(kind: 'vat' | 'trn', country: string): 'footer.vat' | 'footer.trn' | 'footer.uid' {
  if (kind === 'trn') return 'footer.trn'
  return country === 'AT' || country === 'CH' ? 'footer.uid' : 'footer.vat'
}

/** Name and address as in the envelope's window; the country only abroad. */
export function buyerLines({ isolate, locale }: DocumentTexts, buyer: InvoiceBuyer, sellerCountry: string): string[] {
  const country = buyer.country === sellerCountry ? [] : [formatCountry(buyer.country, locale)]
  return [buyer.name, ...buyer.addressLines, ...country].map(isolate)
}
