import type { LoadedBrand } from '#app/brand/loaded-brand.ts'
import type { BrandContent, StoreTexts } from '#app/domain/brand/brand-content.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import type { Language } from '#app/i18n/languages.ts'
import type { HostTenant } from '#app/services/tenancy/tenant-for-host.server.ts'

/** What each tenant that was found by its host wears, as long as somebody holds the tenant. */
const worn = new WeakMap<HostTenant, LoadedBrand>()

/** Dresses a tenant: whoever holds it sees this brand. */
export function wear(tenant: HostTenant, brand: LoadedBrand): void {
  worn.set(tenant, brand)
}

/** What the tenant's store wears. */
export function brandOf(tenant: HostTenant): LoadedBrand {
  const brand = worn.get(tenant)
  invariant(brand, `brandOf: ${tenant.slug} was not found by its host`)
  return brand
}

/** A brand as it stands in the database. */
export function contentOf({ pack: { slug: _slug, currency: _currency, zone: _zone, ...content } }: LoadedBrand): BrandContent {
  return content
}

/** The store's own words in one of its languages. */
export function storeTextsOf(pack: LoadedBrand['pack'], language: Language): StoreTexts {
  const texts = pack.texts[language] ?? pack.texts[pack.languages[0]]
  invariant(texts, `storeTextsOf: ${pack.slug} has no texts`)
  return texts
}
