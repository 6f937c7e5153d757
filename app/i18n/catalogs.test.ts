import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { catalogs } from './catalogs.server.ts'
import { buyerNamespaces, type Language, namespaces, namespacesIn, supportedLanguages } from './languages.ts'

type Texts = ReadonlyMap<string, string>
const pluralSuffix = /_(zero|one|two|few|many|other)$/

/** All texts of a catalog by dotted key, plural suffixes included. */
function textsOf(catalog: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(catalog).flatMap(([key, value]: [string, unknown]): [string, string][] => {
      if (typeof value === 'string') return [[prefix + key, value]]
      return [...textsOf(value as object, `${prefix}${key}.`)]
    }),
  )
}

/** Per key without plural suffix: the suffixes it comes in, and every placeholder of its texts. */
function shapeOf(texts: Texts): Map<string, { plurals: string[]; placeholders: string[] }> {
  const shape = new Map<string, { plurals: string[]; placeholders: string[] }>()
  for (const [key, text] of texts) {
    const base = key.replace(pluralSuffix, '')
    const entry = shape.get(base) ?? { plurals: [], placeholders: [] }
    const suffix = pluralSuffix.exec(key)?.[1]
    if (suffix) entry.plurals.push(suffix)
    const placeholders = [...text.matchAll(/\{\{\s*(\w+)[^}]*\}\}/g)].map((match) => match[1] ?? '')
    entry.placeholders = [...new Set([...entry.placeholders, ...placeholders])].sort()
    shape.set(base, entry)
  }
  return shape
}

function pluralFormsOf(language: Language): string[] {
  return [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort()
}

const readIn = (namespace: string) => supportedLanguages.filter((language) => namespacesIn(language).some((name) => name === namespace))

describe.each(namespaces)('the catalog "%s"', (namespace) => {
  const english = shapeOf(textsOf(catalogs.en[namespace]))

  test.each(readIn(namespace).filter((language) => language !== 'en'))(
    'has in %s the keys and placeholders it has in English',
    (language) => {
      const shape = shapeOf(textsOf(catalogs[language][namespace]))
      expect([...shape.keys()].sort()).toEqual([...english.keys()].sort())
      for (const [key, { placeholders }] of english) expect([key, shape.get(key)?.placeholders]).toEqual([key, placeholders])
    },
  )

  test.each(readIn(namespace))('has in %s every plural form of the language, and no empty text', (language) => {
    const texts = textsOf(catalogs[language][namespace])
    for (const [key, { plurals }] of shapeOf(texts))
      if (plurals.length > 0) expect([key, plurals.sort()]).toEqual([key, pluralFormsOf(language)])
    expect([...texts].filter(([, text]) => text.trim() === '')).toEqual([])
  })
})

test.each(supportedLanguages)('in %s a buyer reads nothing in English that is translated', (language) => {
  if (language === 'en') return
  for (const namespace of buyerNamespaces) expect(catalogs[language][namespace], namespace).not.toBe(catalogs.en[namespace])
})

const sources = ['app', 'emails'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$/.test(file))
    .map((file) => ({ file: join(folder, file), text: readFileSync(join(folder, file), 'utf8') })),
)
const keysOf = new Map(namespaces.map((namespace) => [namespace as string, new Set(shapeOf(textsOf(catalogs.en[namespace])).keys())]))

/** Namespaces a file asks for; `common` is everybody's. A file that is handed its `t` may use any. */
function namespacesOf(text: string): string[] {
  const asked = [...text.matchAll(/(?:useTranslation\(\[?|translatorFor\([^'"]*|getFixedT\([^'"]*|TFunction<\[?)((?:'[a-z]+'(?:,\s*)?)+)/g)]
  const names = asked.flatMap((match) => [...(match[1] ?? '').matchAll(/'([a-z]+)'/g)].map((name) => name[1] ?? ''))
  return names.length > 0 ? [...new Set([...names, 'common'])] : [...namespaces]
}

test('every key used in code exists', () => {
  const missing = sources.flatMap(({ file, text }) => {
    const calls = [...text.matchAll(/\bt\(\s*'([^']+)'/g), ...text.matchAll(/\bi18nKey="([^"]+)"/g)].map((match) => match[1] ?? '')
    return calls
      .filter((call) => {
        const [first = '', second] = call.split(':')
        if (second !== undefined) return !keysOf.get(first)?.has(second)
        return !namespacesOf(text).some((namespace) => keysOf.get(namespace)?.has(call))
      })
      .map((call) => `${file}: ${call}`)
  })
  expect(missing).toEqual([])
})

test('every key is used in code', () => {
  const literals = new Set(sources.flatMap(({ text }) => [...text.matchAll(/['"`]([\w.:-]+)['"`]/g)].map((match) => match[1] ?? '')))
  const patterns = sources.flatMap(({ text }) =>
    [...text.matchAll(/`([\w:-]+\.[\w.-]*)\$\{[^`]*\}([\w.-]*)`/g)].map((match) => ({ head: match[1] ?? '', tail: match[2] ?? '' })),
  )
  const isUsed = (namespace: string, key: string) =>
    [key, `${namespace}:${key}`].some(
      (name) => literals.has(name) || patterns.some(({ head, tail }) => name.startsWith(head) && name.endsWith(tail)),
    )
  const unused = [...keysOf].flatMap(([namespace, keys]) =>
    [...keys].filter((key) => !isUsed(namespace, key)).map((key) => `${namespace}: ${key}`),
  )
  expect(unused).toEqual([])
})
