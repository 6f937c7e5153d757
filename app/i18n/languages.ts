/** Languages Livery speaks to buyers; a brand chooses among them. */
export const supportedLanguages = ['en', 'de', 'fr', 'es', 'pt-BR', 'ar', 'zh-Hans'] as const
export type Language = (typeof supportedLanguages)[number]

/** Of these, the ones that the office speaks too. */
const officeLanguages: readonly Language[] = ['en', 'de', 'fr', 'ar']

/** Catalog files per language: `locales/<language>/<namespace>.json`. */
export const namespaces = [
  'common',
  'store',
  'panel',
  'office',
  'access',
  'apps',
  'mail',
  'delivery',
  'document',
  'domain',
  'dunning',
  'ledger',
  'auth',
  'brand',
  'budget',
  'cloud',
  'invoicing',
  'catalog',
  'partner',
  'pay',
  'payment',
  'person',
  'pricing',
  'project',
  'promotion',
  'report',
  'screening',
  'search',
  'settlement',
  'signon',
  'staff',
  'statement',
  'subscription',
  'tax',
  'ticket',
] as const
export type Namespace = (typeof namespaces)[number]

/** What buyers read, in every language; the rest is the office's. */
export const buyerNamespaces = [
  'access',
  'apps',
  'auth',
  'budget',
  'cloud',
  'common',
  'delivery',
  'document',
  'mail',
  'panel',
  'pay',
  'payment',
  'person',
  'project',
  'promotion',
  'search',
  'statement',
  'store',
  'subscription',
  'ticket',
] as const satisfies readonly Namespace[]

/** Each language in its own words, for the language switch. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  'pt-BR': 'Português (Brasil)',
  ar: 'العربية',
  'zh-Hans': '简体中文',
}

/** The language of the office for somebody who reads `language`: English where it has no words of its own. */
export function officeLanguageOf(language: Language): Language {
  return officeLanguages.includes(language) ? language : 'en'
}

/** The namespaces that are translated in `language`. */
export function namespacesIn(language: Language): readonly Namespace[] {
  return officeLanguages.includes(language) ? namespaces : buyerNamespaces
}

/** Whether `code` is a language with catalogs. */
export function isLanguage(code: string): code is Language {
  return (supportedLanguages as readonly string[]).includes(code)
}

/** The writing direction that goes on `<html dir>`, mails and documents. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr'
}

/**
 * The locale of number and date formats: the text's language with the seller's country, so that an Austrian
 * and a Swiss document differ. Digits are Latin everywhere, as commercial documents of the Gulf are written.
 */
export function localeOf(language: Language, country: string): string {
  // English in a country that writes decimal commas mixes both marks (en-DE: 1.234,5 but €1,234.50): British English is of one piece.
  if (language === 'en') return 'en-GB-u-nu-latn'
  const { language: tongue, script } = new Intl.Locale(language)
  return [tongue, script, country, 'u-nu-latn'].filter(Boolean).join('-')
}

/**
 * The first of `offered` that an `Accept-Language` header asks for, by its quality order; else the first offered.
 * A regional tag such as `de-AT` matches its language, `zh-CN` the script that is written there.
 */
export function matchLanguage(acceptLanguage: string | null, offered: readonly [Language, ...Language[]]): Language {
  if (!acceptLanguage) return offered[0]
  const wanted = acceptLanguage
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean)
      return { written: writtenIn(tag), quality: Number(quality ?? 1) }
    })
    .filter((entry) => entry.quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { written } of wanted) {
    const match = offered.find((candidate) => ownWriting[candidate] === written)
    if (match) return match
  }
  return offered[0]
}

/** Language and script of a tag, as `zh-Hans` for `zh-CN`; empty for what is no tag. */
function writtenIn(tag: string): string {
  try {
    const { language, script } = new Intl.Locale(tag).maximize()
    return `${language}-${script}`
  } catch {
    return ''
  }
}

/** Of our own languages, worked out once: every page asks. */
const ownWriting = Object.fromEntries(supportedLanguages.map((language) => [language, writtenIn(language)])) as Record<Language, string>
