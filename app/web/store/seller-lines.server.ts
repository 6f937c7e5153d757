import type { LoadedBrand } from '#app/brand/loaded-brand.ts'
import { formatCountry } from '#app/i18n/formats.ts'
import { type Language, localeOf } from '#app/i18n/languages.ts'

/** Who sells here, for the foot of every public page. */
export function sellerLines({ seller }: LoadedBrand['pack'], language: Language): string[] {
  const { street, postalCode, city, country } = seller.address
  return [
    seller.legalName,
    [street, [postalCode, city].filter(Boolean).join(' ')].filter(Boolean).join(', '),
    formatCountry(country, localeOf(language, country)),
    ...seller.taxIds.map(({ value }) => value),
  ]
}
