import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { lockNews, updateNews } from '#app/db/desk/news.server.ts'
import { type NewsProblem, newsProblem } from '#app/domain/news/news.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** Publishes a draft, or what was withdrawn: readers see it from its day on, without a day from now on. Safe to repeat. */
export async function publishNews(ctx: TenantContext, id: string): Promise<Result<null, NewsProblem | 'news-not-found'>> {
  const news = await lockNews(ctx, id)
  if (!news) return err('news-not-found')
  if (news.state === 'published') return ok(null)
  const showsFrom = news.showsFrom ?? ctx.now
  const problem = newsProblem({ ...news, showsFrom })
  if (problem) return err(problem)
  await updateNews(ctx, id, { state: 'published', showsFrom, publishedAt: ctx.now })
  await audit(ctx, { action: 'news.published', subjectKind: 'news', subjectId: id })
  return ok(null)
}
