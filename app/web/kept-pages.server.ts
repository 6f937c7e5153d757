import { clock } from '#app/config/clock.server.ts'
import { issueFormToken } from './form-token.server.ts'
import { panelPageKey } from './panel-pages.server.ts'
import { findTenant } from './tenant-of.server.ts'
import { visitorPageKey } from './visitor-pages.server.ts'

const keepAtMost = 200

/** What makes one answer differ from the next one with the same page: put in at each answer. */
type Slots = { readonly nonce: string; readonly formToken: string; readonly requestId: string }
type SlotName = keyof Slots

/** A page that may be kept: under which name, of which state of what it shows, for how many milliseconds, and whether all visitors share it. */
export type KeptPageKey = { readonly key: string; readonly revision: string; readonly keepMs: number; readonly isShared: boolean }
type KeptPage = { readonly revision: string; readonly until: number; readonly parts: readonly (Buffer | { readonly slot: SlotName })[] }

const kept = new Map<string, KeptPage>()

/** The key of the request's page among those that are kept; null for all others. */
export async function keptPageKey(request: Request): Promise<KeptPageKey | null> {
  return (await visitorPageKey(request)) ?? (await panelPageKey(request))
}

/** The kept page with this answer's own words in it, and the cookie it has to set; undefined when it has to be made. */
export async function keptPage(
  request: Request,
  { key, revision }: KeptPageKey,
  { nonce, requestId }: Omit<Slots, 'formToken'>,
): Promise<{ readonly html: Buffer; readonly setCookie: string | undefined } | undefined> {
  const page = kept.get(key)
  const tenant = await findTenant(request.headers.get('host'))
  if (!page || !tenant || page.revision !== revision || page.until < clock.now().getTime()) return undefined
  const form = await issueFormToken(request, tenant.tenantId)
  const slots: Slots = { nonce, requestId, formToken: form.token }
  return {
    html: Buffer.concat(page.parts.map((part) => ('slot' in part ? Buffer.from(slots[part.slot]) : part))),
    setCookie: form.setCookie,
  }
}

/** Keeps a page that was made for one request, for the next ones that have its key. */
export function keepPage({ key, revision, keepMs }: KeptPageKey, html: string, slots: Slots): void {
  kept.delete(key)
  const oldest = kept.keys().next().value
  if (kept.size >= keepAtMost && oldest !== undefined) kept.delete(oldest)
  kept.set(key, { revision, until: clock.now().getTime() + keepMs, parts: split(html, slots) })
}

/** The page in pieces, with a mark wherever one of this answer's own words stood. */
function split(html: string, slots: Slots): KeptPage['parts'] {
  const names = Object.keys(slots) as SlotName[]
  return names
    .reduce<(string | { readonly slot: SlotName })[]>(
      (parts, slot) => parts.flatMap((part) => (typeof part === 'string' ? between(part, slots[slot], slot) : part)),
      [html],
    )
    .map((part) => (typeof part === 'string' ? Buffer.from(part) : part))
}

function between(text: string, word: string, slot: SlotName): (string | { readonly slot: SlotName })[] {
  return text.split(word).flatMap((piece, index) => (index === 0 ? piece : [{ slot }, piece]))
}
