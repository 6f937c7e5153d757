import { clock } from '#app/config/clock.server.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import { brandOf, storeTextsOf } from '../branding/brand.server.ts'
import { legalPagesOf } from '../branding/legal-pages.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'
import { closedPaths, pageAddress } from '../store/store-pages.ts'
import { xmlText } from './xml-text.ts'

const dayMs = 86_400_000
/** Whoever keeps the contact looks again within this time. */
const contactDays = 180

/** What machines read at the root of a host, by name. Addresses begin with the store's main host, from the table. */
const storeFiles = { 'robots.txt': robots, 'sitemap.xml': sitemap, 'security.txt': security, 'llms.txt': llms } as const

type StoreFile = { readonly type: string; readonly text: string }

/** The answer with one of those files, for the host of `request`; `more` are pages of it that are not always there. */
export async function storeFile(request: Request, name: keyof typeof storeFiles, more: readonly string[] = []): Promise<Response> {
  const tenant = await tenantOf(request)
  const { pack } = brandOf(tenant)
  const { type, text } = storeFiles[name]({
    origin: storeAddress(tenant.mainHost),
    pack,
    pages: [...pagesOf(pack), ...more],
    now: clock.now(),
  })
  return new Response(text, { headers: { 'Content-Type': `${type}; charset=utf-8`, 'Cache-Control': 'public, max-age=3600' } })
}

type StoreFacts = {
  readonly origin: string
  readonly pack: ReturnType<typeof brandOf>['pack']
  readonly pages: readonly string[]
  readonly now: Date
}

/** The pages that say what there is and who sells it. */
function pagesOf(pack: StoreFacts['pack']): string[] {
  return ['/', '/compare', ...legalPagesOf(pack).map((page) => `/legal/${page}`)]
}

function robots({ origin }: StoreFacts): StoreFile {
  const lines = [
    'User-agent: *',
    ...closedPaths.map((path) => `Disallow: ${path}`),
    'Allow: /',
    '',
    `Sitemap: ${pageAddress(origin, '/sitemap.xml')}`,
  ]
  return { type: 'text/plain', text: `${lines.join('\n')}\n` }
}

function sitemap({ origin, pages, pack: { languages } }: StoreFacts): StoreFile {
  const link = (path: string, language?: (typeof languages)[number]) =>
    `    <xhtml:link rel="alternate" hreflang="${language ?? 'x-default'}" href="${xmlText(pageAddress(origin, path, language))}"/>`
  const urls = pages.flatMap((path) => [
    '  <url>',
    `    <loc>${xmlText(pageAddress(origin, path))}</loc>`,
    ...(languages.length > 1 ? [...languages.map((language) => link(path, language)), link(path)] : []),
    '  </url>',
  ])
  const head = '<?xml version="1.0" encoding="UTF-8"?>'
  const set = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">'
  return { type: 'application/xml', text: `${[head, set, ...urls, '</urlset>'].join('\n')}\n` }
}

/** RFC 9116: whom to tell of a weakness, the owner of the host. */
function security({ origin, pack, now }: StoreFacts): StoreFile {
  const lastDay = new Date(Math.floor(now.getTime() / dayMs + contactDays) * dayMs)
  const lines = [
    `Contact: mailto:${pack.seller.email}`,
    `Expires: ${lastDay.toISOString()}`,
    `Preferred-Languages: ${pack.languages.join(', ')}`,
    `Canonical: ${pageAddress(origin, '/.well-known/security.txt')}`,
  ]
  return { type: 'text/plain', text: `${lines.join('\n')}\n` }
}

function llms({ origin, pages, pack }: StoreFacts): StoreFile {
  const texts = storeTextsOf(pack, pack.languages[0])
  const lines = [
    `# ${pack.name}`,
    '',
    `> ${texts.promise} ${texts.lead}`,
    '',
    `- [${pack.name}](${pageAddress(origin, '/')})`,
    ...pages.slice(1).map((path) => `- [${path.slice(1)}](${pageAddress(origin, path)})`),
  ]
  return { type: 'text/plain', text: `${lines.join('\n')}\n` }
}
