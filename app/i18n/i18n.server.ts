import type { i18n, TFunction } from 'i18next'
import { catalogs, catalogsFor } from './catalogs.server.ts'
import { createI18n } from './i18n.ts'
import { type Language, type Namespace, namespaces } from './languages.ts'

/** Texts a seller put into its own words, by `namespace:key`. */
export type OwnWords = Readonly<Record<string, string>>

const instances = new Map<Language, i18n>()

/** The i18next of `language` with all its catalogs; one per language and process. */
export function i18nFor(language: Language): i18n {
  const known = instances.get(language)
  if (known) return known
  const instance = createI18n(language, catalogs[language])
  instances.set(language, instance)
  return instance
}

const ownInstances = new WeakMap<OwnWords, i18n>()

/** The i18next of `language` in which the seller's own words stand over ours; one per set of words. */
export function i18nWith(language: Language, words: OwnWords | undefined): i18n {
  if (!words || Object.keys(words).length === 0) return i18nFor(language)
  const known = ownInstances.get(words)
  if (known) return known
  const instance = createI18n(language, catalogsWith(language, namespaces, words))
  ownInstances.set(words, instance)
  return instance
}

/** The catalogs of `wanted` with the seller's own words over ours. */
export function catalogsWith(
  language: Language,
  wanted: readonly Namespace[],
  words: OwnWords | undefined,
): Partial<Record<Namespace, object>> {
  const texts: Partial<Record<Namespace, object>> = { ...catalogsFor(language, wanted) }
  for (const [key, word] of Object.entries(words ?? {})) {
    const [namespace = '', path = ''] = key.split(':')
    const under = wanted.find((name) => name === namespace)
    if (under) texts[under] = replaced(texts[under] ?? {}, path.split('.'), word)
  }
  return texts
}

/** A copy of a catalog in which one text is another; a path that leads nowhere changes nothing. */
function replaced(texts: object, [name = '', ...rest]: readonly string[], word: string): object {
  const here = (texts as Record<string, unknown>)[name]
  if (rest.length === 0) return typeof here === 'string' ? { ...texts, [name]: word } : texts
  return typeof here === 'object' && here !== null ? { ...texts, [name]: replaced(here, rest, word) } : texts
}

/** The texts of one namespace in one language, typed by the English catalog. */
export function translatorFor<N extends Namespace>(language: Language, namespace: N): TFunction<N> {
  // i18next's own type resolves the namespace only for literals, not for a type parameter.
  return i18nFor(language).getFixedT(language, namespace) as unknown as TFunction<N>
}
