import { z } from 'zod'
import { BrandLanguage } from '#app/domain/brand/brand-content.ts'

/** Where news appears: for everybody in the store and in the panel, or in the panel alone. */
export const newsPlaces = ['store-and-panel', 'panel'] as const
export type NewsPlace = (typeof newsPlaces)[number]

export const newsStates = ['draft', 'published', 'withdrawn'] as const
export type NewsState = (typeof newsStates)[number]

export const longestNewsTitle = 120
export const longestNewsText = 10_000

const NewsText = z.strictObject({ title: z.string().min(1).max(longestNewsTitle), text: z.string().min(1).max(longestNewsText) })
/** Title and text in Markdown, by language. */
export const NewsTexts = z.partialRecord(BrandLanguage, NewsText)
export type NewsTexts = z.infer<typeof NewsTexts>

/** What a seller tells, shown over `[showsFrom, showsUntil)` once it is published. */
export type News = {
  readonly id: string
  readonly place: NewsPlace
  readonly state: NewsState
  /** Null in a draft that is shown as soon as it is published. */
  readonly showsFrom: Date | null
  readonly showsUntil: Date | null
  readonly publishedAt: Date | null
  readonly texts: NewsTexts
}

export type NewsStanding = 'draft' | 'withdrawn' | 'planned' | 'shown' | 'over'
type Span = Pick<News, 'state' | 'showsFrom' | 'showsUntil'>

/** How news stands at `now`: readers see what is `shown` and nothing else. */
export function standingOf({ state, showsFrom, showsUntil }: Span, now: Date): NewsStanding {
  if (state !== 'published') return state
  if (showsFrom === null || showsFrom > now) return 'planned'
  return showsUntil !== null && showsUntil <= now ? 'over' : 'shown'
}

export type WrittenNews = { readonly language: BrandLanguage; readonly title: string; readonly text: string }

/** News as one reader gets it: in the first of `wanted` that it is written in, else in any language; null where nothing is written. */
export function textFor(texts: NewsTexts, wanted: readonly BrandLanguage[]): WrittenNews | null {
  const written = BrandLanguage.options.filter((language) => texts[language])
  const language = wanted.find((one) => written.includes(one)) ?? written[0]
  if (!language) return null
  const text = texts[language]
  return text ? { language, ...text } : null
}

const newDays = 30

/**
 * Whether news is new to somebody who has read until `readUntil`: it appeared when it was published and its first instant had come. Who never
 * read any finds that of the last 30 days new.
 */
export function isNewTo({ showsFrom, publishedAt }: Pick<News, 'showsFrom' | 'publishedAt'>, readUntil: Date | null, now: Date): boolean {
  const appeared = Math.max(showsFrom?.getTime() ?? 0, publishedAt?.getTime() ?? 0)
  return appeared > (readUntil?.getTime() ?? now.getTime() - newDays * 86_400_000)
}

export type NewsProblem = 'no-text' | 'ends-before-start'

/** Why news cannot be kept as it is; null when it can. */
export function newsProblem({ texts, showsFrom, showsUntil }: Pick<News, 'texts' | 'showsFrom' | 'showsUntil'>): NewsProblem | null {
  if (Object.keys(texts).length === 0) return 'no-text'
  return showsFrom !== null && showsUntil !== null && showsUntil <= showsFrom ? 'ends-before-start' : null
}
