import { brandOf } from '#app/wiring.server.ts'
import type { MailProps } from '#emails/mail-brand.ts'

/** The reader's language where the seller writes it, else the seller's first. */
export async function mailLanguage(sellerSlug: string, wanted: string): Promise<MailProps['language']> {
  const offered = (await brandOf(sellerSlug)).pack.languages
  return offered.find((candidate) => candidate === wanted) ?? offered[0]
}

/** What a product is called in `language`, else in English, else in any. */
export function nameIn(names: Readonly<Record<string, string>>, language: string): string {
  return names[language] ?? names.en ?? Object.values(names)[0] ?? ''
}
