import { clock } from '#app/config/clock.server.ts'
import { readStoreRevision } from '#app/services/catalog/store-revision.server.ts'
import { inStore } from '#app/wiring.server.ts'
import { brandOf } from './brand.server.ts'
import { issueFormToken } from './form-token.server.ts'
import { languageOf, themeOf } from './preferences.server.ts'
import { chosenCurrencyOf } from './store-currency.server.ts'
import { findTenant } from './tenant-of.server.ts'

/** Pages that are the same for all who have no session, by path. */
const paths = new Set(['/', '/compare'])
/** Cookies that change a page in ways its key holds, or not at all; with any other one the page is made for its reader alone. */
const knownCookies = new Set(['form', 'theme', 'language', 'currency', 'cart'])
const longestAddress = 200
/** Prices begin and end at instants that change no row; a page is made anew this often. */
const keepMs = 10_000
const keepAtMost = 200

/** What makes one reader's page differ from the next one's: put in at each answer. */
type Slots = { readonly nonce: string; readonly formToken: string; readonly requestId: string }
type SlotName = keyof Slots

/** A page that may be kept: under which name, and of which state of the store. */
export type VisitorPageKey = { readonly key: string; readonly revision: string }
type KeptPage = { readonly revision: string; readonly until: number; readonly parts: readonly (string | { readonly slot: SlotName })[] }

const kept = new Map<string, KeptPage>()
const asked = new Map<string, Promise<string>>()

/** The key of the request's page among those that are the same for every visitor; null when it is not one of them. */
export async function visitorPageKey(request: Request): Promise<VisitorPageKey | null> {
  const { pathname, search, host, protocol } = new URL(request.url)
  if (request.method !== 'GET' || !paths.has(pathname) || search.length > longestAddress || !hasKnownCookiesOnly(request)) return null
  const tenant = await findTenant(request.headers.get('host'))
  if (!tenant) return null
  const [language, theme, currency] = await Promise.all([languageOf(request, tenant), themeOf(request), chosenCurrencyOf(request)])
  const revision = await revisionOf(tenant.tenantId)
  // What a page wears is told apart from what it shows: another process learns of a new brand a moment later.
  const { number: brand } = brandOf(tenant)
  return { key: JSON.stringify([protocol, host, pathname, search, language, theme, currency, brand]), revision }
}

/** The kept page with this answer's own words in it, and the cookie it has to set; undefined when it has to be made. */
export async function keptVisitorPage(
  request: Request,
  { key, revision }: VisitorPageKey,
  { nonce, requestId }: Omit<Slots, 'formToken'>,
): Promise<{ readonly html: string; readonly setCookie: string | undefined } | undefined> {
  const page = kept.get(key)
  const tenant = await findTenant(request.headers.get('host'))
  if (!page || !tenant || page.revision !== revision || page.until < clock.now().getTime()) return undefined
  const form = await issueFormToken(request, tenant.tenantId)
  const slots: Slots = { nonce, requestId, formToken: form.token }
  return { html: page.parts.map((part) => (typeof part === 'string' ? part : slots[part.slot])).join(''), setCookie: form.setCookie }
}

/** Keeps a page that was made for one visitor, for the others. */
export function keepVisitorPage({ key, revision }: VisitorPageKey, html: string, slots: Slots): void {
  kept.delete(key)
  const oldest = kept.keys().next().value
  if (kept.size >= keepAtMost && oldest !== undefined) kept.delete(oldest)
  kept.set(key, { revision, until: clock.now().getTime() + keepMs, parts: split(html, slots) })
}

/** The page in pieces, with a mark wherever one of this answer's own words stood. */
function split(html: string, slots: Slots): KeptPage['parts'] {
  const names = Object.keys(slots) as SlotName[]
  return names.reduce<KeptPage['parts']>(
    (parts, slot) => parts.flatMap((part) => (typeof part === 'string' ? between(part, slots[slot], slot) : part)),
    [html],
  )
}

function between(text: string, word: string, slot: SlotName): KeptPage['parts'] {
  return text.split(word).flatMap((piece, index) => (index === 0 ? piece : [{ slot }, piece]))
}

function hasKnownCookiesOnly(request: Request): boolean {
  const names = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.split('=')[0]?.trim() ?? '')
  return names.every((name) => name === '' || knownCookies.has(name.replace(/^__Host-/, '')))
}

/** Readers at one instant share one question to the database. */
function revisionOf(tenantId: string): Promise<string> {
  const underWay = asked.get(tenantId)
  if (underWay) return underWay
  const answer = inStore(tenantId, readStoreRevision).finally(() => asked.delete(tenantId))
  asked.set(tenantId, answer)
  return answer
}
