import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { lockNews, updateNews } from '#app/db/desk/news.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** Takes published news away from all readers; it stays in the office. Safe to repeat. */
export async function withdrawNews(ctx: TenantContext, id: string): Promise<Result<null, 'news-not-found'>> {
  const news = await lockNews(ctx, id)
  if (!news) return err('news-not-found')
  if (news.state !== 'published') return ok(null)
  await updateNews(ctx, id, { state: 'withdrawn' })
  await audit(ctx, { action: 'news.withdrawn', subjectKind: 'news', subjectId: id })
  return ok(null)
}
