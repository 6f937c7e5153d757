import { parseLegalText } from '#app/brand/legal-text.ts'
import { type BrandContent, type LegalPage, legalPages } from '#app/domain/brand/brand-content.ts'
import { type LegalVersion, legalVersion } from '#app/services/brand/current-terms.server.ts'
import { asVisitor } from '../request/as-visitor.server.ts'
import { languageOf } from '../request/preferences.server.ts'

/**
 * A legal page as blocks of plain text, as it stands or under the number that `?version=` names; undefined for a page or number there is none
 * of, and for a seller without it.
 */
export async function legalPageOf(request: Request, page: string) {
  if (!isLegalPage(page)) return undefined
  const wanted = new URL(request.url).searchParams.get('version')
  if (wanted !== null && !/^[1-9]\d{0,8}$/.test(wanted)) return undefined
  const version = wanted === null ? {} : { version: Number(wanted) }
  const found = await asVisitor(request, async (ctx, tenant) =>
    legalVersion(ctx, { page, locale: await languageOf(request, tenant), ...version }),
  )
  return found ? shown(found) : undefined
}

function shown({ text, version, publishedAt }: LegalVersion) {
  return { blocks: blocksOf(text), version, publishedAt: publishedAt.toISOString() }
}

/** A legal text as blocks of plain text: nothing a seller types becomes markup. */
export function blocksOf(markdown: string) {
  return parseLegalText(markdown)
}

/** The legal pages a brand has. */
export function legalPagesOf({ legal }: Pick<BrandContent, 'legal'>): LegalPage[] {
  return legalPages.filter((page) => Object.keys(legal[page] ?? {}).length > 0)
}

function isLegalPage(text: string): text is LegalPage {
  return (legalPages as readonly string[]).includes(text)
}
