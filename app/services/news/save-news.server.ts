import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { insertNews, lockNews, type NewsFacts, updateNews } from '#app/db/desk/news.server.ts'
import { type NewsProblem, newsProblem } from '#app/domain/news/news.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** `id`: null for new news, which begins as a draft. */
export type SaveNewsInput = NewsFacts & { readonly id: string | null }

/** Keeps what news says, where and when; what is published changes for its readers at once. Returns its id. */
export async function saveNews(
  ctx: TenantContext,
  { id, ...facts }: SaveNewsInput,
): Promise<Result<string, NewsProblem | 'news-not-found'>> {
  const before = id === null ? null : await lockNews(ctx, id)
  if (id !== null && !before) return err('news-not-found')
  // What readers see goes on being shown from when it was.
  const showsFrom = facts.showsFrom ?? (before?.state === 'published' ? before.showsFrom : null)
  const kept = { ...facts, showsFrom }
  const problem = newsProblem(kept)
  if (problem) return err(problem)
  if (before) await updateNews(ctx, before.id, kept)
  const subjectId = before?.id ?? (await insertNews(ctx, kept))
  await audit(ctx, { action: before ? 'news.changed' : 'news.written', subjectKind: 'news', subjectId })
  return ok(subjectId)
}
