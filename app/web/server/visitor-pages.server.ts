import { readStoreRevision } from '#app/services/catalog/store-revision.server.ts'
import { inStore } from '#app/wiring.server.ts'
import { brandOf } from '../branding/brand.server.ts'
import { namesOfCookies } from '../request/cookies.server.ts'
import { languageOf, themeOf } from '../request/preferences.server.ts'
import { findTenant } from '../request/tenant-of.server.ts'
import { chosenCurrencyOf } from '../store/store-currency.server.ts'
import type { KeptPageKey } from './kept-pages.server.ts'

/** Pages that are the same for all who have no session, by path. */
const paths = new Set(['/', '/compare'])
/** Cookies that change a page in ways its key holds, or not at all; with any other one the page is made for its reader alone. */
const knownCookies = new Set(['form', 'theme', 'language', 'currency', 'cart', 'shortcuts', 'wrote'])
const longestAddress = 200
/** Prices begin and end at instants that change no row; a page is made anew this often. */
const keepMs = 10_000
/** Readers within so many milliseconds share one question to the database. */
const shareMs = 200

type Asked = { readonly until: number; readonly revision: Promise<string> }
const asked = new Map<string, Asked>()

/** The key of the request's page among those that are the same for every visitor; null when it is not one of them. */
export async function visitorPageKey(request: Request): Promise<KeptPageKey | null> {
  const { pathname, search, host, protocol } = new URL(request.url)
  if (request.method !== 'GET' || !paths.has(pathname) || search.length > longestAddress || !hasKnownCookiesOnly(request)) return null
  const tenant = await findTenant(request.headers.get('host'))
  if (!tenant) return null
  const [language, theme, currency] = await Promise.all([languageOf(request, tenant), themeOf(request), chosenCurrencyOf(request)])
  const revision = await revisionOf(tenant.tenantId)
  // What a page wears is told apart from what it shows: another process learns of a new brand a moment later.
  const { number: brand } = brandOf(tenant)
  return { key: JSON.stringify([protocol, host, pathname, search, language, theme, currency, brand]), revision, keepMs, isShared: true }
}

function hasKnownCookiesOnly(request: Request): boolean {
  return namesOfCookies(request).every((name) => knownCookies.has(name))
}

function revisionOf(tenantId: string): Promise<string> {
  const known = asked.get(tenantId)
  if (known && known.until > performance.now()) return known.revision
  const revision = inStore(tenantId, readStoreRevision)
  asked.set(tenantId, { until: performance.now() + shareMs, revision })
  revision.catch(() => asked.delete(tenantId))
  return revision
}
