import { directionOf, type Language } from '#app/i18n/languages.ts'
import { brandOf } from '../branding/brand.server.ts'
import { blocksOf } from '../branding/legal-pages.server.ts'
import { languageOf } from '../request/preferences.server.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

const longestExcerpt = 220

/** In which languages a reader takes the seller's news: that of the page, else the store's first. */
export async function newsLanguagesOf(request: Request): Promise<readonly [Language, Language]> {
  const tenant = await tenantOf(request)
  return [await languageOf(request, tenant), brandOf(tenant).pack.languages[0]]
}

type Written = { readonly language: Language; readonly text: string }
type NewsBlocks = ReturnType<typeof blocksOf>

/** News ready for a page: its text as blocks of plain text, in its own direction. */
export function withBlocks<T extends Written>(news: T) {
  const { text, ...facts } = news
  return { ...facts, direction: directionOf(news.language), blocks: blocksOf(text) }
}

/** News in short: how its first paragraph begins. */
export function withExcerpt<T extends Written>(news: T) {
  const { text, ...facts } = news
  return { ...facts, direction: directionOf(news.language), excerpt: excerptOf(blocksOf(text)) }
}

function excerptOf(blocks: NewsBlocks): string {
  const paragraph = blocks.find((block) => block.kind === 'paragraph')
  const words = paragraph?.kind === 'paragraph' ? paragraph.lines.map((line) => line.map(({ text }) => text).join('')).join(' ') : ''
  if (words.length <= longestExcerpt) return words
  const cut = words.slice(0, longestExcerpt)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longestExcerpt / 2)).trimEnd()} …`
}
