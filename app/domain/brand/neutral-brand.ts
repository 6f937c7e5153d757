import { postalAddressOf } from '#app/domain/shared/postal-address.ts'
import { type BrandContent, type BrandLanguage, type BrandLook, brandLanguages, homeSections, type StoreTexts } from './brand-content.ts'

/** What a brand is made from when the seller has published none: its own row. */
export type PlainSeller = {
  readonly legalName: string
  readonly language: string
  readonly country: string
  readonly vatId: string | null
  readonly addressLines: readonly string[]
  readonly email: string
}

const neutralLook: BrandLook = { accent: '#3a4a63', neutralTint: '#5b6472', radius: 6, font: 'inter', density: 'comfortable' }

/**
 * The quiet look of a seller that has published no brand yet, in its own name and language and in English, without pictures and legal
 * pages. `texts` are the promise and lead of such a store by language.
 */
export function neutralBrand(
  seller: PlainSeller,
  texts: Readonly<Record<BrandLanguage, Pick<StoreTexts, 'promise' | 'lead'>>>,
): BrandContent {
  const own = brandLanguages.find((language) => language === seller.language) ?? 'en'
  const languages: BrandContent['languages'] = own === 'en' ? ['en'] : [own, 'en']
  const name = oneLine(seller.legalName, 50)
  const { street, addition, postalCode, city } = postalAddressOf(seller.addressLines, seller.country)
  return {
    name,
    seller: {
      legalName: oneLine(seller.legalName, 120),
      address: {
        street: [street, addition].filter(Boolean).join(', '),
        postalCode: postalCode ?? '',
        city: city ?? '',
        country: seller.country,
      },
      taxIds: seller.vatId ? [{ kind: 'vat', value: seller.vatId }] : [],
      management: [],
      email: seller.email,
    },
    languages,
    look: neutralLook,
    logo: {},
    mail: { fromName: name, fromAddress: seller.email },
    texts: Object.fromEntries(languages.map((language) => [language, { ...texts[language], trust: [], questions: [] }])),
    home: [...homeSections],
    words: {},
    legal: {},
  }
}

function oneLine(text: string, longest: number): string {
  return text
    .replaceAll(/[\r\n<>]+/g, ' ')
    .trim()
    .slice(0, longest)
    .trim()
}
