import { z } from 'zod'
import { isCurrency } from '#app/domain/money/currency.ts'

/** Typed tokens only: a brand never brings CSS or markup of its own. */
const Colour = z.string().regex(/^#[0-9a-f]{6}$/, 'a colour as #rrggbb, lower case')
const PlainText = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\r\n<>]*$/, 'one line without < or >')
const AssetName = z.string().regex(/^[a-z0-9-]+\.svg$/)
const LanguageCode = z.enum(['en', 'de', 'fr', 'ar'])

/** Fonts a brand may choose from: self-hosted, or the reader's own; never a font from elsewhere. */
export const brandFonts = ['inter', 'system'] as const
export const brandRadii = [0, 6, 12] as const
export const brandDensities = ['comfortable', 'compact'] as const

/** What a brand sets; every colour role is derived from these few. */
export const BrandLook = z.strictObject({
  accent: Colour,
  neutralTint: Colour,
  radius: z.literal(brandRadii),
  font: z.enum(brandFonts),
  density: z.enum(brandDensities),
})
export type BrandLook = z.infer<typeof BrandLook>

const StoreTexts = z.strictObject({
  promise: PlainText(80),
  lead: PlainText(240),
  trust: z.array(z.strictObject({ title: PlainText(50), text: PlainText(160) })).max(4),
  questions: z.array(z.strictObject({ question: PlainText(120), answer: PlainText(600) })).max(12),
})
export type StoreTexts = z.infer<typeof StoreTexts>

/** The facts a law wants on documents and pages of the seller. */
export const SellerFacts = z.strictObject({
  legalName: PlainText(120),
  address: z.strictObject({
    street: PlainText(120),
    postalCode: z.string().max(12),
    city: PlainText(80),
    country: z.string().regex(/^[A-Z]{2}$/),
  }),
  taxIds: z.array(z.strictObject({ kind: z.enum(['vat', 'trn']), value: PlainText(30) })).max(3),
  registration: z.strictObject({ number: PlainText(60), court: PlainText(80) }),
  management: z.array(PlainText(80)).min(1),
  email: z.email(),
  phone: PlainText(30),
  website: PlainText(80),
})
export type SellerFacts = z.infer<typeof SellerFacts>

/** One seller's brand as `tenants/<slug>/brand.json` holds it. The first language is the default. */
export const BrandPack = z
  .strictObject({
    slug: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/),
    name: PlainText(50),
    seller: SellerFacts,
    languages: z.tuple([LanguageCode], LanguageCode),
    currency: z.string().refine(isCurrency, 'an ISO 4217 currency'),
    zone: z.string().refine(isZone, 'an IANA time zone'),
    look: BrandLook,
    logo: z.strictObject({ light: AssetName, dark: AssetName, favicon: AssetName }),
    mail: z.strictObject({ fromName: PlainText(50), fromAddress: z.email(), replyTo: z.email().optional() }),
    texts: z.partialRecord(LanguageCode, StoreTexts),
  })
  .refine((pack) => pack.languages.every((language) => pack.texts[language]), 'store texts in each language')
export type BrandPack = z.infer<typeof BrandPack>
export type BrandLanguage = z.infer<typeof LanguageCode>

function isZone(zone: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC'
}
