import type { Language } from '#app/i18n/languages.ts'
import { areaOf } from '../request/area.ts'

/** Pages of the store that are somebody's own, or lead to such: crawlers leave them out. */
const ownPages = [
  'checkout',
  'cloud-interface',
  'confirm',
  'documents',
  'exports',
  'forgot',
  'order',
  'reset',
  'sandbox-pay',
  'settle',
  'sign-in',
  'sign-up',
  'signed-out',
]

/** Whether the page at `pathname` is for everybody, and one of those that search engines may show. */
export function isPublicPage(pathname: string): boolean {
  return areaOf(pathname) === 'store' && !ownPages.includes(pathname.split('/')[1] ?? '')
}

/** Paths that crawlers are asked to leave alone. */
export const closedPaths: readonly string[] = ['/panel', '/office', '/api', ...ownPages.map((page) => `/${page}`)]

/** The address of a page in a language of its own; without one, in the language the reader wants. */
export function pageAddress(origin: string, pathname: string, language?: Language): string {
  const address = new URL(pathname, origin)
  if (language) address.searchParams.set('lang', language)
  return address.href
}
