import { catalogsWith, type OwnWords } from '#app/i18n/i18n.server.ts'
import type { Language } from '#app/i18n/languages.ts'
import { type Area, namespacesOf } from './area.ts'
import { scriptSafeJson } from './page-texts.tsx'

const noWords: OwnWords = {}
const made = new WeakMap<OwnWords, Map<string, string>>()

/** The texts of a surface in one language with the seller's own words over ours, as they stand in the page; written once per process. */
export function pageTextsJson(area: Area, language: Language, words: OwnWords = noWords): string {
  const known = made.get(words) ?? new Map<string, string>()
  made.set(words, known)
  const key = `${area} ${language}`
  const json = known.get(key) ?? scriptSafeJson(catalogsWith(language, namespacesOf(area), words))
  known.set(key, json)
  return json
}
