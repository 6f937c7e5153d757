import type { i18n, TFunction } from 'i18next'
import { catalogs } from './catalogs.server.ts'
import { createI18n } from './i18n.ts'
import type { Language, Namespace } from './languages.ts'

const instances = new Map<Language, i18n>()

/** The i18next of `language` with all its catalogs; one per language and process. */
export function i18nFor(language: Language): i18n {
  const known = instances.get(language)
  if (known) return known
  const instance = createI18n(language, catalogs[language])
  instances.set(language, instance)
  return instance
}

/** The texts of one namespace in one language, typed by the English catalog. */
export function translatorFor<N extends Namespace>(language: Language, namespace: N): TFunction<N> {
  // i18next's own type resolves the namespace only for literals, not for a type parameter.
  return i18nFor(language).getFixedT(language, namespace) as unknown as TFunction<N>
}
