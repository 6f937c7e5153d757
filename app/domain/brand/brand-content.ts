import { z } from 'zod'
import { isCurrency } from '#app/domain/money/currency.ts'
import { BrandWords } from './brand-words.ts'

/** Typed tokens only: a brand never brings CSS or markup of its own. */
const Colour = z.string().regex(/^#[0-9a-f]{6}$/, 'colour')
const PlainText = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, 'required')
    .max(longest, 'too-long')
    .regex(/^[^\r\n<>]*$/, 'plain-text')
const Slug = z.string().regex(/^[a-z][a-z0-9-]{1,30}$/)

/** Languages a brand can speak: those with catalogs. */
export const brandLanguages = ['en', 'de', 'fr', 'es', 'pt-BR', 'ar', 'zh-Hans'] as const
export const BrandLanguage = z.enum(brandLanguages)
export type BrandLanguage = z.infer<typeof BrandLanguage>

/** Fonts a brand may choose from: self-hosted, or the reader's own; never a font from elsewhere. */
export const brandFonts = ['inter', 'system', 'serif'] as const
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

export const mostTrust = 4
export const mostQuestions = 12

const StoreTexts = z.strictObject({
  promise: PlainText(80),
  lead: PlainText(240),
  trust: z.array(z.strictObject({ title: PlainText(50), text: PlainText(160) })).max(mostTrust),
  questions: z.array(z.strictObject({ question: PlainText(120), answer: PlainText(600) })).max(mostQuestions),
})
export type StoreTexts = z.infer<typeof StoreTexts>

/** The facts a law wants on documents and pages of the seller. */
const SellerFacts = z.strictObject({
  legalName: PlainText(120),
  address: z.strictObject({
    street: z.string().max(120),
    postalCode: z.string().max(12),
    city: z.string().max(80),
    country: z.string().regex(/^[A-Z]{2}$/),
  }),
  taxIds: z.array(z.strictObject({ kind: z.enum(['vat', 'trn']), value: PlainText(30) })).max(3),
  registration: z.strictObject({ number: PlainText(60), court: PlainText(80) }).optional(),
  management: z.array(PlainText(80)).max(10),
  email: z.email(),
  phone: PlainText(30).optional(),
  website: PlainText(80).optional(),
})

/** Where the seller says how its services stand, at a host of its own. */
const StatusPage = z.url({ protocol: /^https$/, error: 'malformed-address' }).max(200, 'too-long')

const Mail = z.strictObject({ fromName: PlainText(50), fromAddress: z.email(), replyTo: z.email().optional() })

/** The legal pages a seller can have; each in Markdown per language. */
export const legalPages = ['terms', 'privacy', 'imprint', 'withdrawal'] as const
export type LegalPage = (typeof legalPages)[number]
export const longestLegalText = 60_000

/** Sections of the store's home after the promise, in the order the seller wants. */
export const homeSections = ['plans', 'bundles', 'locations', 'included', 'questions'] as const
export type HomeSection = (typeof homeSections)[number]
const HomeOrder = z.array(z.enum(homeSections)).refine((order) => new Set(order).size === order.length, 'each section once')

const common = {
  name: PlainText(50),
  seller: SellerFacts,
  languages: z.tuple([BrandLanguage], BrandLanguage),
  look: BrandLook,
  mail: Mail,
  statusPage: StatusPage.optional(),
  texts: z.partialRecord(BrandLanguage, StoreTexts),
  home: HomeOrder.default([...homeSections]),
  words: z.partialRecord(BrandLanguage, BrandWords).default({}),
}

/** One seller's brand as `tenants/<slug>/brand.json` holds it. The first language is the default. */
export const BrandPack = z
  .strictObject({
    slug: Slug,
    currency: z.string().refine(isCurrency, 'an ISO 4217 currency'),
    zone: z.string().refine(isZone, 'an IANA time zone'),
    logo: z.strictObject({ light: AssetName(), dark: AssetName(), favicon: AssetName() }),
    ...common,
  })
  .refine(speaksItsLanguages, { message: 'store texts in each language', path: ['texts'] })
export type BrandPack = z.infer<typeof BrandPack>

/** The name of a stored picture: what it holds, by its digest, and how. */
const PictureName = z.string().regex(/^[0-9a-f]{32}\.(svg|png)$/)

/** The brand as it stands in the database: the same words as in a pack, legal pages and the names of its pictures with it. */
export const BrandContent = z
  .strictObject({
    ...common,
    /** `icons` are the favicon as PNG, 32, 180 and 512 pixels wide. */
    logo: z.strictObject({
      light: PictureName.optional(),
      dark: PictureName.optional(),
      favicon: PictureName.optional(),
      icons: z.tuple([PictureName, PictureName, PictureName]).optional(),
    }),
    legal: z.partialRecord(z.enum(legalPages), z.partialRecord(BrandLanguage, z.string().trim().min(1).max(longestLegalText))),
  })
  .refine(speaksItsLanguages, { message: 'required', path: ['texts'] })
export type BrandContent = z.infer<typeof BrandContent>

function AssetName() {
  return z.string().regex(/^[a-z0-9-]+\.(svg|png|jpe?g|webp)$/)
}

function speaksItsLanguages({ languages, texts }: { languages: readonly BrandLanguage[]; texts: Partial<Record<BrandLanguage, object>> }) {
  return languages.every((language) => texts[language])
}

function isZone(zone: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC'
}
