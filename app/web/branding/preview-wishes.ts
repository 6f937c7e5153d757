import type { BrandContent } from '#app/domain/brand/brand-content.ts'
import { isLanguage, type Language } from '#app/i18n/languages.ts'

const root = '/office/brand/preview/'

/** How the brand editor wants to see its draft. */
export type PreviewWishes = {
  readonly surface: string
  readonly language: Language | undefined
  readonly direction: 'ltr' | 'rtl' | undefined
  readonly theme: 'light' | 'dark'
  /** What is typed and not saved yet, as it was typed. */
  readonly typed: Readonly<Record<string, string>>
}

/** What the address of a preview asks for; undefined for every other page. */
export function previewWishes(request: { readonly url: string }): PreviewWishes | undefined {
  const { pathname, searchParams } = new URL(request.url)
  if (!pathname.startsWith(root)) return undefined
  const language = searchParams.get('language') ?? ''
  const direction = searchParams.get('direction')
  return {
    surface: pathname.slice(root.length).split(/[/.]/)[0] ?? '',
    language: isLanguage(language) ? language : undefined,
    direction: direction === 'ltr' || direction === 'rtl' ? direction : undefined,
    theme: searchParams.get('scheme') === 'dark' ? 'dark' : 'light',
    typed: Object.fromEntries(previewedFields.flatMap((name) => (searchParams.has(name) ? [[name, searchParams.get(name) ?? '']] : []))),
  }
}

/** Fields of the editor that a preview shows while they are typed. */
export const previewedFields = ['name', 'accent', 'neutralTint', 'radius', 'font', 'density', 'promise', 'lead', 'textsIn'] as const

/** The draft with what is typed in it; what is half typed or wrong is left as it was. */
export function withTyped(
  content: BrandContent,
  typed: PreviewWishes['typed'],
  accept: (content: unknown) => BrandContent | null,
): BrandContent {
  const { name, promise, lead, textsIn = '', radius, ...look } = typed
  const changes: Partial<Record<keyof BrandContent, unknown>>[] = [
    name === undefined ? {} : { name },
    ...Object.entries({ ...look, ...(radius === undefined ? {} : { radius: Number(radius) }) }).map(([key, value]) => ({
      look: { [key]: value },
    })),
    ...(isLanguage(textsIn) ? [{ texts: { [textsIn]: { promise } } }, { texts: { [textsIn]: { lead } } }] : []),
  ]
  return changes.reduce<BrandContent>((now, change) => accept(merged(now, change)) ?? now, content)
}

/** `over` laid over `under`, objects into objects; what is undefined changes nothing. */
function merged(under: unknown, over: unknown): unknown {
  if (over === undefined) return under
  if (!isPlain(under) || !isPlain(over)) return over
  return { ...under, ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, merged(under[key], value)])) }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
