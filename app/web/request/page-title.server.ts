import type { FlatNamespace, ParseKeys } from 'i18next'
import { i18nWith } from '#app/i18n/i18n.server.ts'
import type { Namespace } from '#app/i18n/languages.ts'
import { brandOf } from '../branding/brand.server.ts'
import { languageOf } from './preferences.server.ts'
import { tenantOf } from './tenant-of.server.ts'

/** The title of a browser tab: what the page is, then whose. */
export async function pageTitle<N extends Namespace & FlatNamespace>(request: Request, namespace: N, key: ParseKeys<N>): Promise<string> {
  const tenant = await tenantOf(request)
  const { pack } = brandOf(tenant)
  const language = await languageOf(request, tenant)
  const words = i18nWith(language, pack.words[language]).getFixedT(language, namespace)
  return titleOf(String(words(key as never)), pack.name)
}

/** The same for a page whose name comes from data. */
export function titleOf(page: string, sellerName: string): string {
  return `${page} · ${sellerName}`
}
