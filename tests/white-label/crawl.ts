import { readable, type Visitor } from './visitor.ts'

export type Place = { readonly name: string; readonly text: string }

/** Addresses that no page leads to, and what a server says about itself when something is wrong. */
const unlinked = [
  '/robots.txt',
  '/sitemap.xml',
  '/news.xml',
  '/favicon.ico',
  '/.well-known/security.txt',
  '/llms.txt',
  '/version',
  '/no-such-page',
  '/brand/logo.svg',
  '/webhooks/payments/none',
  '/api/none',
]
/** Of pages that differ in an id alone, this many are opened. */
const ofAKind = 3
/** Leaving would end the visit. */
const notFollowed = /^\/(sign-out|dev|office)\b/

/** Opens whatever can be reached from `starts` by links of the visitor's store, each page also as the data its script gets. */
export async function* crawl(visitor: Visitor, starts: readonly string[]): AsyncGenerator<Place> {
  const waiting = [...starts, ...unlinked]
  const seen = new Set<string>(waiting)
  const kinds = new Map<string, number>()
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const kind = path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d+/g, '*')
    const count = kinds.get(kind) ?? 0
    if (count >= ofAKind) continue
    kinds.set(kind, count + 1)
    const answer = await visitor.ask({ path })
    const text = readable(answer)
    yield { name: path, text }
    if (!String(answer.headers['content-type']).includes('text/html')) continue
    yield await dataOf(visitor, path)
    for (const link of linksIn(text)) {
      if (seen.has(link) || notFollowed.test(link)) continue
      seen.add(link)
      waiting.push(link)
    }
  }
}

/** What the page's script is handed when a reader comes by a link instead. */
async function dataOf(visitor: Visitor, path: string): Promise<Place> {
  const [pathname = '/', search] = path.split('?')
  const data = `${pathname === '/' ? '/_root' : pathname}.data${search ? `?${search}` : ''}`
  return { name: data, text: readable(await visitor.ask({ path: data })) }
}

function linksIn(html: string): string[] {
  const links = [...html.matchAll(/\b(?:href|src|action)="(\/[^"#]*)/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'))
  return links.filter((link) => !link.startsWith('//'))
}
