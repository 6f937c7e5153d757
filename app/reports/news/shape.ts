import type { BrandLanguage } from '#app/domain/brand/brand-content.ts'
import type { News, NewsStanding } from '#app/domain/news/news.ts'

/** News as a reader gets it, in one language. */
export type ReadNews = {
  readonly id: string
  /** From when on it is shown. */
  readonly at: Date
  readonly language: BrandLanguage
  readonly title: string
  readonly text: string
}

/** News by its title alone. */
export type NewsHead = Omit<ReadNews, 'text'>

export type PanelNews = ReadNews & { readonly isNew: boolean }

/** News as staff keep it. */
export type OfficeNews = News & { readonly standing: NewsStanding }
