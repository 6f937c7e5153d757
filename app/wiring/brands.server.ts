import { type LoadedBrand, loadBrand } from '#app/brand/load-pack.server.ts'
import { rolesOf } from '#app/brand/roles.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { InvoiceFacts } from '#app/i18n/invoice-facts.ts'
import { type Language, localeOf } from '#app/i18n/languages.ts'
import type { Mail } from '#app/ports/mailer.ts'

/** The brand of a seller. @throws InvariantError when no pack ships for it. */
export function brandOf(slug: string): LoadedBrand {
  const brand = loadBrand(slug)
  invariant(brand, `no brand pack ships for ${slug}`)
  return brand
}

/** What a mail wears of its seller, as plain values. */
export function mailBrandOf(slug: string, host: string) {
  const { pack } = brandOf(slug)
  const roles = rolesOf(pack.look, 'light')
  const { accent, bg, surface, border, text, muted } = roles
  return {
    name: pack.name,
    ...senderFacts(pack.seller),
    email: pack.seller.email,
    storeUrl: storeAddress(host),
    radius: pack.look.radius,
    colours: { accent, accentFg: roles['accent-fg'], bg, surface, border, text, muted },
  }
}

/** Who answers for a mail by law: named in its foot. */
export function senderFacts({ legalName, address }: Pick<InvoiceFacts['seller'], 'legalName' | 'address'>) {
  const { street, postalCode, city } = address
  return { legalName, address: `${street}, ${[postalCode, city].filter(Boolean).join(' ')}` }
}

/** How a seller's mails in `language` write days and money. */
export function mailLocaleOf(slug: string, language: Language): string {
  return localeOf(language, brandOf(slug).pack.seller.address.country)
}

/** Whom a seller's mails come from. */
export function senderOf(slug: string): Pick<Mail, 'seller' | 'from' | 'replyTo'> {
  const { fromName: name, fromAddress: address, replyTo } = brandOf(slug).pack.mail
  return { seller: slug, from: { name, address }, ...(replyTo ? { replyTo: { address: replyTo } } : {}) }
}
