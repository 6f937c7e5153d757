import { ar } from './catalogs/ar.ts'
import { de } from './catalogs/de.ts'
import { en } from './catalogs/en.ts'
import { es } from './catalogs/es.ts'
import { fr } from './catalogs/fr.ts'
import { ptBr } from './catalogs/pt-br.ts'
import { zhHans } from './catalogs/zh-hans.ts'
import type { Language, Namespace } from './languages.ts'

/** All catalogs, read at build time. English is the pattern of keys: the types of `t` come from it. */
export const catalogs = { en, de, fr, es, 'pt-BR': ptBr, ar, 'zh-Hans': zhHans } as const satisfies Record<
  Language,
  Record<Namespace, object>
>

/** The catalogs of one language that a page needs; the client gets them with the page, not by another request. */
export function catalogsFor(language: Language, wanted: readonly Namespace[]): Partial<Record<Namespace, object>> {
  return Object.fromEntries(wanted.map((namespace) => [namespace, catalogs[language][namespace]]))
}
