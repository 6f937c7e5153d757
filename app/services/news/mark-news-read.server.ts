import type { TenantContext } from '#app/db/context.server.ts'
import { type NewsReader, saveNewsRead } from '#app/db/desk/news.server.ts'

/** Notes that a person has seen the news of an account as they stand now. Safe to repeat. */
export function markNewsRead(ctx: TenantContext, reader: NewsReader): Promise<void> {
  return saveNewsRead(ctx, reader)
}
