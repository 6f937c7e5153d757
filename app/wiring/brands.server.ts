import { createSharpPress } from '#app/adapters/pictures/sharp-press.ts'
import { guardContrast } from '#app/brand/contrast-guard.ts'
import { dressBrand, type LoadedBrand } from '#app/brand/loaded-brand.ts'
import { logoBox } from '#app/brand/logo-box.ts'
import { rolesOf } from '#app/brand/roles.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import { type BrandStanding, brandPicture, brandStanding, publishedBrand } from '#app/db/sellers/brands.server.ts'
import { type BrandContent, type BrandLanguage, brandLanguages } from '#app/domain/brand/brand-content.ts'
import { neutralBrand } from '#app/domain/brand/neutral-brand.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { translatorFor } from '#app/i18n/i18n.server.ts'
import type { InvoiceFacts } from '#app/i18n/invoice-facts.ts'
import { directionOf, type Language, localeOf } from '#app/i18n/languages.ts'
import type { Mail } from '#app/ports/mailer.ts'
import type { PicturePress } from '#app/ports/picture-press.ts'
import type { BrandPorts } from '#app/services/brand/brand-ports.ts'

/** How long a brand is worn before its number is looked up again: what another process published shows this much later. */
const keepMs = 1_000
const keepAtMost = 1_000

type Worn = { readonly brand: LoadedBrand; readonly stamp: string; readonly until: number }
const worn = new Map<string, Worn>()

/**
 * What the seller `slug` wears: the brand it published, else a neutral one in its own name.
 * @throws InvariantError when there is no such seller.
 */
export async function brandOf(slug: string): Promise<LoadedBrand> {
  const known = worn.get(slug)
  if (known && known.until > performance.now()) return known.brand

  const standing = await brandStanding(slug)
  invariant(standing, `brandOf: there is no seller ${slug}`)
  // The neutral look follows the seller's own row.
  const stamp = JSON.stringify(standing)
  const brand = known?.stamp === stamp ? known.brand : await dress(standing)
  if (worn.size >= keepAtMost) worn.clear()
  worn.set(slug, { brand, stamp, until: performance.now() + keepMs })
  return brand
}

/** Makes the next look at a seller's brand a fresh one: it has just published. */
export function forgetBrand(slug: string): void {
  worn.delete(slug)
}

/** The same for every seller. */
export function forgetBrands(): void {
  worn.clear()
}

async function dress({ tenantId, slug, currency, timeZone, number, ...seller }: BrandStanding): Promise<LoadedBrand> {
  const facts = { seller: { slug, currency, zone: timeZone }, number }
  const stored = number === null ? null : await publishedBrand(tenantId, number)
  if (!stored) return dressBrand({ ...facts, content: neutralBrand(seller, neutralTexts()), logo: null, cardPicture: null })
  return dressBrand({ ...facts, content: stored.content, logo: await logoOf(tenantId, stored.content), cardPicture: stored.cardPicture })
}

/** A brand that nobody wears yet, as pages, mails and documents of `worn` would look in it. */
export async function dressAs(worn: LoadedBrand, tenantId: string, content: BrandContent): Promise<LoadedBrand> {
  const { slug, currency, zone } = worn.pack
  const logo = await logoOf(tenantId, content)
  return dressBrand({ content, seller: { slug, currency, zone }, number: worn.number, logo, cardPicture: null })
}

async function logoOf(tenantId: string, { logo }: BrandContent): Promise<Uint8Array | null> {
  return logo.light ? brandPicture(tenantId, logo.light) : null
}

/** What a store says of itself before its seller does. */
export function neutralTexts() {
  const texts = brandLanguages.map((language) => {
    const t = translatorFor(language, 'store')
    return [language, { promise: t('neutral.promise'), lead: t('neutral.lead') }] as const
  })
  return Object.fromEntries(texts) as Record<BrandLanguage, { promise: string; lead: string }>
}

let press: PicturePress | undefined

/** What making brands needs of the outside. */
export function brandPorts(): BrandPorts {
  press ??= createSharpPress()
  return { press, isLegible: (look) => guardContrast(look).violations.length === 0, cardColours, directionOf }
}

function cardColours(look: BrandContent['look']) {
  const { surface, text, accent } = rolesOf(look, 'light')
  return { ground: surface, text, accent }
}

/** What a mail wears of its seller, as plain values. */
export async function mailBrandOf(slug: string, host: string) {
  return mailBrand(await brandOf(slug), host)
}

/** The same of a brand at hand. */
export function mailBrand(brand: LoadedBrand, host: string) {
  const { pack } = brand
  return {
    name: pack.name,
    ...senderFacts(pack.seller),
    email: pack.seller.email,
    storeUrl: storeAddress(host),
    logo: mailLogo(brand, host),
    radius: pack.look.radius,
    colours: mailColours(pack.look, 'light'),
    darkColours: mailColours(pack.look, 'dark'),
  }
}

function mailColours(look: BrandContent['look'], theme: 'light' | 'dark') {
  const { accent, 'accent-fg': accentFg, bg, surface, border, text, muted } = rolesOf(look, theme)
  return { accent, accentFg, bg, surface, border, text, muted }
}

/** The logo as pictures that every mail program shows, from the seller's own host. */
function mailLogo({ pack: { logo }, logoSvg }: LoadedBrand, host: string) {
  const size = logoSvg && logoBox(logoSvg, { width: 240, height: 32 })
  if (!logo.light || !size) return null
  const address = (name: string) => storeAddress(host, `/brand/${name.replace(/\.svg$/, '.png')}`)
  return { url: address(logo.light), darkUrl: logo.dark ? address(logo.dark) : null, ...size }
}

/** Rasters of drawings by seller and name: each is asked for by every reader of a mail. */
const drawn = new Map<string, Uint8Array>()
const drawnAtMost = 200

/** A picture of any seller by its name; a drawing is also there as PNG, for mail programs that show no drawings. */
export async function brandPictureOf(tenantId: string, name: string): Promise<Uint8Array | null> {
  const key = `${tenantId} ${name}`
  const known = drawn.get(key) ?? (await brandPicture(tenantId, name))
  if (known || !name.endsWith('.png')) return known
  const drawing = await brandPicture(tenantId, name.replace(/\.png$/, '.svg'))
  if (!drawing) return null
  const raster = await brandPorts().press.raster({ content: drawing, kind: 'svg' })
  if (drawn.size >= drawnAtMost) drawn.clear()
  drawn.set(key, raster)
  return raster
}

/** Who answers for a mail by law: named in its foot. */
export function senderFacts({ legalName, address }: Pick<InvoiceFacts['seller'], 'legalName' | 'address'>) {
  const { street, postalCode, city } = address
  return { legalName, address: [street, [postalCode, city].filter(Boolean).join(' ')].filter(Boolean).join(', ') }
}

/** How a seller's mails in `language` write days and money. */
export async function mailLocaleOf(slug: string, language: Language): Promise<string> {
  return localeOf(language, (await brandOf(slug)).pack.seller.address.country)
}

/** Whom a seller's mails come from. */
export async function senderOf(slug: string): Promise<Pick<Mail, 'seller' | 'from' | 'replyTo'>> {
  const { fromName: name, fromAddress: address, replyTo } = (await brandOf(slug)).pack.mail
  return { seller: slug, from: { name, address }, ...(replyTo ? { replyTo: { address: replyTo } } : {}) }
}
