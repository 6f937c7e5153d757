/** Languages Livery speaks; a brand pack chooses among them. */
export const supportedLanguages = ['en', 'de', 'fr', 'ar'] as const
export type Language = (typeof supportedLanguages)[number]

/** Catalog files per language: `locales/<language>/<namespace>.json`. */
export const namespaces = [
  'common',
  'store',
  'panel',
  'office',
  'mail',
  'delivery',
  'document',
  'domain',
  'dunning',
  'ledger',
  'auth',
  'brand',
  'budget',
  'invoicing',
  'catalog',
  'partner',
  'pay',
  'payment',
  'pricing',
  'project',
  'promotion',
  'report',
  'screening',
  'settlement',
  'statement',
  'subscription',
  'tax',
] as const
export type Namespace = (typeof namespaces)[number]

/** Each language in its own words, for the language switch. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', fr: 'Français', ar: 'العربية' }

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
  return `${language}-${country}-u-nu-latn`
}

/**
 * The first of `offered` that an `Accept-Language` header asks for, by its quality order; else the first offered.
 * A regional tag such as `de-AT` matches its language.
 */
export function matchLanguage(acceptLanguage: string | null, offered: readonly [Language, ...Language[]]): Language {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.map((parameter) => /^\s*q=([01](?:\.\d{1,3})?)\s*$/.exec(parameter)?.[1]).find(Boolean)
      return { language: tag.toLowerCase().split('-')[0] ?? '', quality: Number(quality ?? 1) }
    })
    .filter((entry) => entry.quality > 0)
    .sort((a, b) => b.quality - a.quality)
  for (const { language } of wanted) {
    const match = offered.find((candidate) => candidate === language)
    if (match) return match
  }
  return offered[0]
}
