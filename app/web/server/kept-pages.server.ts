import { clock } from '#app/config/clock.server.ts'
import { issueFormToken } from '../request/form-token.server.ts'
import { findTenant } from '../request/tenant-of.server.ts'
import { panelPageKey } from './panel-pages.server.ts'
import { visitorPageKey } from './visitor-pages.server.ts'

const keepAtMost = 200

/** What makes one answer differ from the next one with the same page: put in at each answer. */
type Slots = { readonly nonce: string; readonly formToken: string; readonly requestId: string }
type SlotName = keyof Slots

/** A page that may be kept: under which name, of which state of what it shows, for how many milliseconds, and whether all visitors share it. */
export type KeptPageKey = { readonly key: string; readonly revision: string; readonly keepMs: number; readonly isShared: boolean }
type KeptPage = { readonly revision: string; readonly until: number; readonly parts: readonly (Buffer | { readonly slot: SlotName })[] }

const kept = new Map<string, KeptPage>()

/** A page that one request makes while others wait for it. */
type Making = { readonly by: KeptPageKey; readonly waiting: (() => void)[] }

const making = new Map<string, Making>()

/** The key of the request's page among those that are kept; null for all others. */
export async function keptPageKey(request: Request): Promise<KeptPageKey | null> {
  return (await visitorPageKey(request)) ?? (await panelPageKey(request))
}

/**
 * The kept page in its parts, with this answer's own words between them, and the cookie it has to set; undefined when this request has to
 * make it. While one makes it, all others who ask for it wait, and make their own only if the first gave up. Who was told to make it calls
 * `stopMaking` in the end, whatever came of it.
 */
export async function keptPage(
  request: Request,
  key: KeptPageKey,
  { nonce, requestId }: Omit<Slots, 'formToken'>,
): Promise<{ readonly parts: readonly Buffer[]; readonly setCookie: string | undefined } | undefined> {
  const page = fresh(key) ?? (await madeByOther(key))
  const tenant = await findTenant(request.headers.get('host'))
  if (!page || !tenant) return undefined
  const form = await issueFormToken(request, tenant.tenantId)
  const slots: Slots = { nonce, requestId, formToken: form.token }
  return { parts: page.parts.map((part) => ('slot' in part ? Buffer.from(slots[part.slot]) : part)), setCookie: form.setCookie }
}

function fresh({ key, revision }: KeptPageKey): KeptPage | undefined {
  const page = kept.get(key)
  return page && page.revision === revision && page.until >= clock.now().getTime() ? page : undefined
}

/** The page that another request is making; undefined when nobody does, and from then on this request does, or when nothing came of it. */
async function madeByOther(key: KeptPageKey): Promise<KeptPage | undefined> {
  const other = making.get(nameOf(key))
  if (other) {
    await new Promise<void>((goOn) => other.waiting.push(goOn))
    return fresh(key)
  }
  making.set(nameOf(key), { by: key, waiting: [] })
  return undefined
}

/** Lets those go on who wait for the page that this request makes; changes nothing when they wait for another one, or nobody waits. */
export function stopMaking(key: KeptPageKey): void {
  if (making.get(nameOf(key))?.by === key) letGoOn(key)
}

function letGoOn(key: KeptPageKey): void {
  const page = making.get(nameOf(key))
  making.delete(nameOf(key))
  for (const goOn of page?.waiting ?? []) goOn()
}

const nameOf = ({ key, revision }: KeptPageKey) => `${revision} ${key}`

/** Keeps a page that was made for one request, for those that wait for it and the next ones that have its key. */
export function keepPage(made: KeptPageKey, html: string, slots: Slots): void {
  const { key, revision, keepMs } = made
  kept.delete(key)
  const oldest = kept.keys().next().value
  if (kept.size >= keepAtMost && oldest !== undefined) kept.delete(oldest)
  kept.set(key, { revision, until: clock.now().getTime() + keepMs, parts: split(html, slots) })
  letGoOn(made)
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
