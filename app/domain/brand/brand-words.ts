import { z } from 'zod'

/** Texts of store and panel that a seller may put into its own words, by `namespace:key`, with the placeholders each must keep. */
export const brandWordKeys: Readonly<Record<string, readonly string[]>> = {
  'common:nav.order': [],
  'common:nav.panel': [],
  'common:nav.signIn': [],
  'common:footer.terms': [],
  'common:footer.privacy': [],
  'common:footer.imprint': [],
  'store:nav.plans': [],
  'store:nav.compare': [],
  'store:nav.questions': [],
  'store:hero.order': [],
  'store:hero.plans': [],
  'store:plans.title': [],
  'store:plans.order': [],
  'store:plans.compareOne': ['plan'],
  'store:locations.title': [],
  'store:included.title': [],
  'store:questions.title': [],
  'store:order.title': [],
  'store:order.name': [],
  'panel:nav.overview': [],
  'panel:nav.servers': [],
  'panel:nav.invoices': [],
  'panel:nav.usage': [],
  'panel:create': [],
  'panel:dashboard.allServers': [],
  'panel:servers.none': [],
  'panel:servers.noneText': [],
  'panel:server.facts': [],
  'panel:server.delete.action': [],
  'panel:needs.server': ['name'],
}

const longestWord = 240

/** What is wrong with a seller's own word for `key`; null when it may stand. A word is plain text of one line with the same placeholders. */
export function problemOfWord(key: string, word: string): 'unknown-word' | 'too-long' | 'plain-text' | 'placeholders' | null {
  const wanted = Object.hasOwn(brandWordKeys, key) ? brandWordKeys[key] : undefined
  if (!wanted) return 'unknown-word'
  if (word.length > longestWord) return 'too-long'
  // `$t(` would let a word reach other texts.
  if (/[<>\r\n]|\$t\(/.test(word)) return 'plain-text'
  const found = [...word.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map((match) => match[1] ?? '')
  const hasLoneBrace = /[{}]/.test(word.replaceAll(/\{\{[^{}]*\}\}/g, ''))
  return !hasLoneBrace && found.toSorted().join() === wanted.toSorted().join() ? null : 'placeholders'
}

/** A seller's own words in one language by `namespace:key`. */
export const BrandWords = z.record(z.string(), z.string().trim().min(1)).check(({ value, issues }) => {
  for (const [key, word] of Object.entries(value)) {
    const message = problemOfWord(key, word)
    if (message) issues.push({ code: 'custom', message, path: [key], input: word })
  }
})
export type BrandWords = z.infer<typeof BrandWords>
