import type { BrandPack, StoreTexts } from '#app/brand/brand-pack.ts'
import { type LegalPage, type LoadedBrand, legalPages, legalText, loadBrand } from '#app/brand/load-pack.server.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { Language } from '#app/i18n/languages.ts'
import type { HostTenant } from '#app/services/tenancy/tenant-for-host.server.ts'

/** What the tenant's store wears. */
export function brandOf(tenant: HostTenant): LoadedBrand {
  const brand = loadBrand(tenant.slug)
  invariant(brand, `brandOf: no pack ships for ${tenant.slug}`)
  return brand
}

/** The store's own words in one of its languages. */
export function storeTextsOf(pack: BrandPack, language: Language): StoreTexts {
  const texts = pack.texts[language] ?? pack.texts[pack.languages[0]]
  invariant(texts, `storeTextsOf: ${pack.slug} has no texts`)
  return texts
}

/** A legal page of the tenant as blocks of plain text; undefined for a page there is none of. */
export function legalPageOf(tenant: HostTenant, page: string, language: Language) {
  return isLegalPage(page) ? legalText(tenant.slug, page, language) : undefined
}

/** The drawing behind `/brand/<name>`; undefined for any other name. */
export function brandDrawing(tenant: HostTenant, name: string): string | undefined {
  const brand = brandOf(tenant)
  if (name === 'logo.svg') return brand.logoSvg
  if (name === 'logo-dark.svg') return brand.logoDarkSvg
  return name === 'favicon.svg' ? brand.faviconSvg : undefined
}

function isLegalPage(text: string): text is LegalPage {
  return (legalPages as readonly string[]).includes(text)
}
