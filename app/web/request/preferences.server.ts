import { isLanguage, type Language, matchLanguage, officeLanguageOf } from '#app/i18n/languages.ts'
import type { HostTenant } from '#app/services/tenancy/tenant-for-host.server.ts'
import { brandOf } from '../branding/brand.server.ts'
import { previewWishes } from '../branding/preview-wishes.ts'
import { areaOf } from './area.ts'
import { languageCookie, readCookie, shortcutsCookie, themeCookie } from './cookies.server.ts'

export type Theme = 'system' | 'light' | 'dark'

/** Light or dark by the reader's own choice, else as the device says. */
export async function themeOf(request: Request): Promise<Theme> {
  const previewed = previewWishes(request)?.theme
  if (previewed) return previewed
  const chosen = await readCookie(themeCookie(request), request)
  return isTheme(chosen) ? chosen : 'system'
}

/** Whether keys open pages for the reader, who may have switched them off. */
export async function hasShortcuts(request: Request): Promise<boolean> {
  return (await readCookie(shortcutsCookie(request), request)) !== 'off'
}

/** Whether `text` is a theme a reader may choose. */
export function isTheme(text: unknown): text is Theme {
  return text === 'light' || text === 'dark' || text === 'system'
}

/**
 * The language that the address names, else the reader's choice, else the best match of the browser's wishes among the store's languages,
 * else the store's first. The office has words of its own in some of them.
 */
export async function languageOf(request: Request, tenant: HostTenant | null): Promise<Language> {
  if (!tenant) return 'en'
  const previewed = previewWishes(request)?.language
  if (previewed) return previewed
  const read = await storeLanguageOf(request, brandOf(tenant).pack.languages)
  return areaOf(new URL(request.url).pathname) === 'office' ? officeLanguageOf(read) : read
}

async function storeLanguageOf(request: Request, languages: readonly [Language, ...Language[]]): Promise<Language> {
  const named = new URL(request.url).searchParams.get('lang')
  const chosen = named && languages.some((offered) => offered === named) ? named : await readCookie(languageCookie(request), request)
  if (chosen && isLanguage(chosen) && languages.includes(chosen)) return chosen
  return matchLanguage(request.headers.get('accept-language'), languages)
}
