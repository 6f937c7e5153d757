import { createInstance, type i18n } from 'i18next'
import { type Language, type Namespace, namespaces } from './languages.ts'

/**
 * A ready i18next for one language over the given catalogs, the same on server and client.
 * Texts are not escaped here: React and the typesetter escape what they show. A missing key shows itself as its name.
 */
export function createI18n(language: Language, resources: Partial<Record<Namespace, object>>): i18n {
  const instance = createInstance()
  void instance.init({
    lng: language,
    fallbackLng: false,
    ns: namespaces,
    defaultNS: 'common',
    resources: { [language]: resources },
    interpolation: { escapeValue: false, skipOnVariables: true },
    returnNull: false,
    initImmediate: false,
  })
  return instance
}
