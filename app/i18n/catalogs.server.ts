import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '#app/config/project-folder.server.ts'
import { type Language, type Namespace, namespaces, namespacesIn, supportedLanguages } from './languages.ts'

type Catalog = Readonly<Record<Namespace, object>>

const english = readAll('en', namespaces) as Catalog

/** All catalogs, read once: `locales/<language>/<namespace>.json`. What is not translated in a language is in English. */
export const catalogs: Readonly<Record<Language, Catalog>> = Object.fromEntries(
  supportedLanguages.map((language) => [
    language,
    language === 'en' ? english : { ...english, ...readAll(language, namespacesIn(language)) },
  ]),
) as Record<Language, Catalog>

/** The catalogs of one language that a page needs; the client gets them with the page, not by another request. */
export function catalogsFor(language: Language, wanted: readonly Namespace[]): Partial<Record<Namespace, object>> {
  return Object.fromEntries(wanted.map((namespace) => [namespace, catalogs[language][namespace]]))
}

/** @throws when a file is missing or is no JSON. */
function readAll(language: Language, wanted: readonly Namespace[]): Partial<Catalog> {
  const folder = join(projectFolder('app/i18n/locales'), language)
  return Object.fromEntries(wanted.map((name) => [name, JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as object]))
}
