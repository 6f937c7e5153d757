import type { TenantContext } from '#app/db/context.server.ts'
import { findNews, hasShownNews, listAllNews, listShownNews, type NewsReader, readNewsUntil } from '#app/db/desk/news.server.ts'
import type { BrandLanguage } from '#app/domain/brand/brand-content.ts'
import { isNewTo, type News, standingOf, textFor } from '#app/domain/news/news.ts'
import type { NewsHead, OfficeNews, PanelNews, ReadNews } from './shape.ts'

const shownAtMost = 50
const newAtMost = 3
const keptAtMost = 200

/** In which languages a reader takes news, the best first. */
type Languages = readonly BrandLanguage[]

/** What the store shows of its news, the newest first. */
export async function listStoreNews(
  ctx: TenantContext,
  { languages, limit = shownAtMost }: { readonly languages: Languages; readonly limit?: number },
): Promise<ReadNews[]> {
  return (await listShownNews(ctx, { limit })).flatMap((news) => readIn(news, languages))
}

/** One piece of news as the store shows it; null where it does not. */
export async function readStoreNews(
  ctx: TenantContext,
  { id, languages }: { readonly id: string; readonly languages: Languages },
): Promise<ReadNews | null> {
  const [news] = await listShownNews(ctx, { limit: 1, id })
  return (news && readIn(news, languages)[0]) ?? null
}

/** Whether the store has news to show. */
export function hasStoreNews(ctx: TenantContext): Promise<boolean> {
  return hasShownNews(ctx)
}

type PanelReader = NewsReader & { readonly languages: Languages; readonly limit?: number }

/** The news that somebody in the panel gets, the newest first, and what of it is new to that person. */
export async function listPanelNews(ctx: TenantContext, { languages, limit = shownAtMost, ...reader }: PanelReader): Promise<PanelNews[]> {
  const shown = await listShownNews(ctx, { limit })
  const readUntil = shown.length > 0 ? await readNewsUntil(ctx, reader) : null
  return shown.flatMap((news) => readIn(news, languages).map((read) => ({ ...read, isNew: isNewTo(news, readUntil, ctx.now) })))
}

/** The newest of the news that is new to somebody in the panel, by title. */
export async function listNewNews(ctx: TenantContext, reader: PanelReader): Promise<NewsHead[]> {
  const listed = await listPanelNews(ctx, { ...reader, limit: newAtMost })
  return listed.filter(({ isNew }) => isNew).map(({ id, at, language, title }) => ({ id, at, language, title }))
}

/** All news as staff keep it, what was written last first. */
export async function listOfficeNews(ctx: TenantContext): Promise<OfficeNews[]> {
  return (await listAllNews(ctx, keptAtMost)).map((news) => ({ ...news, standing: standingOf(news, ctx.now) }))
}

/** One piece of news as staff keep it; null when the seller has none of that id. */
export async function readOfficeNews(ctx: TenantContext, id: string): Promise<OfficeNews | null> {
  const news = await findNews(ctx, id)
  return news && { ...news, standing: standingOf(news, ctx.now) }
}

function readIn({ id, showsFrom, texts }: News, languages: Languages): ReadNews[] {
  const written = textFor(texts, languages)
  return showsFrom && written ? [{ id, at: showsFrom, ...written }] : []
}
