import type { TenantContext } from '#app/db/context.server.ts'
import { findLegalVersion } from '#app/db/sellers/brands.server.ts'
import type { BrandLanguage, LegalPage } from '#app/domain/brand/brand-content.ts'

export type LegalVersion = {
  readonly version: number
  readonly page: LegalPage
  /** The language it is in: the one asked for, else another one the seller wrote it in. */
  readonly locale: string
  /** Its Markdown. */
  readonly text: string
  readonly publishedAt: Date
}

/**
 * The terms a buyer accepts at this moment; null while the seller has none. An order keeps `version`: `legalVersion` finds the text that
 * was accepted under it, for good. Any scope may ask.
 */
export function currentTerms(ctx: TenantContext, locale: string): Promise<LegalVersion | null> {
  return legalVersion(ctx, { page: 'terms', locale })
}

/** A legal page as it is, or as it was under `version`; null when there is none. */
export async function legalVersion(
  ctx: TenantContext,
  { page, locale, version }: { readonly page: LegalPage; readonly locale: string; readonly version?: number },
): Promise<LegalVersion | null> {
  const found = await findLegalVersion(ctx, page, version)
  if (!found) return null
  const written = Object.keys(found.texts) as BrandLanguage[]
  const spoken = written.find((language) => language === locale) ?? written[0]
  const text = spoken && found.texts[spoken]
  return spoken && text ? { version: found.number, page, locale: spoken, text, publishedAt: found.publishedAt } : null
}
