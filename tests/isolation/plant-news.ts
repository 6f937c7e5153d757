import { v7 } from 'uuid'
import type { TenantContext } from '#app/db/context.server.ts'

/** News that the store shows, and a draft of some. */
export async function plantNews({ db, tenantId, now }: TenantContext): Promise<void> {
  const texts = { en: { title: 'New plans', text: 'There are new plans.' } }
  const by = { createdBy: 'test', createdAt: now, changedBy: 'test', changedAt: now }
  await db.news.createMany({
    data: [
      { tenantId, id: v7(), place: 'store-and-panel', state: 'published', showsFrom: now, publishedAt: now, texts, ...by },
      { tenantId, id: v7(), place: 'panel', state: 'draft', texts, ...by },
    ],
  })
}
