import type { Language } from '#app/i18n/languages.ts'
import { languageOf } from './preferences.server.ts'
import { tenantOf } from './tenant-of.server.ts'

/** In which language a page is read, and in whose days it counts: the seller's. */
export async function readerOf(request: Request): Promise<{ language: Language; zone: string; sellerLanguage: string }> {
  const tenant = await tenantOf(request)
  return { language: await languageOf(request, tenant), zone: tenant.timeZone, sellerLanguage: tenant.language }
}
