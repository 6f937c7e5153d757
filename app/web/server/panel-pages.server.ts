import { brandOf } from '../branding/brand.server.ts'
import { accountCookie, namesOfCookies, readCookie } from '../request/cookies.server.ts'
import { hasShortcuts, languageOf, themeOf } from '../request/preferences.server.ts'
import { sessionOf } from '../request/session.server.ts'
import { findTenant } from '../request/tenant-of.server.ts'
import type { KeptPageKey } from './kept-pages.server.ts'

/** Pages of many figures that a reader comes back to again and again, by path. They say of which instant they are. */
const paths = new Set(['/panel'])
/** With one of these the page is made anew: something is to be shown once, or the reader has just changed something. */
const fresh = ['toast', 'wrote']
/** What others change, and what the cloud reports, is seen this much later at most. */
const keepMs = 3_000

/**
 * The key of the reader's own page, as it stands in one browser: the person, the rights of this very moment and the chosen account are part
 * of it, so that a session that ended or a right that was taken finds nothing here. Null when the page is not one that is kept.
 */
export async function panelPageKey(request: Request): Promise<KeptPageKey | null> {
  const { pathname, search, host, protocol } = new URL(request.url)
  if (request.method !== 'GET' || search !== '' || !paths.has(pathname)) return null
  const cookies = namesOfCookies(request)
  if (fresh.some((name) => cookies.includes(name))) return null
  const tenant = await findTenant(request.headers.get('host'))
  const session = tenant && (await sessionOf(request))
  if (!session) return null
  const [language, theme, keys, account] = await Promise.all([
    languageOf(request, tenant),
    themeOf(request),
    hasShortcuts(request),
    readCookie(accountCookie(request), request),
  ])
  const { number: brand } = brandOf(tenant)
  return {
    key: JSON.stringify([protocol, host, pathname, language, theme, keys, account, brand, session]),
    revision: '',
    keepMs,
    isShared: false,
  }
}
