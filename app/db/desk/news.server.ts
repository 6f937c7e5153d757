import { type News, type NewsPlace, type NewsState, NewsTexts } from '#app/domain/news/news.ts'
import { actorName } from '#app/domain/shared/actor.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

const columns = { id: true, place: true, state: true, showsFrom: true, showsUntil: true, publishedAt: true, texts: true } as const
type Row = Omit<News, 'place' | 'state' | 'texts'> & { readonly place: string; readonly state: string; readonly texts: unknown }

function toNews(row: Row): News {
  return { ...row, place: row.place as NewsPlace, state: row.state as NewsState, texts: NewsTexts.parse(row.texts) }
}

/** One piece of news; null when the scope has none of that id. */
export async function findNews({ db, tenantId }: TenantContext, id: string): Promise<News | null> {
  const row = await db.news.findUnique({ where: { tenantId_id: { tenantId, id } }, select: columns })
  return row && toNews(row)
}

/** The same, held until the transaction ends. */
export async function lockNews(ctx: TenantContext, id: string): Promise<News | null> {
  await ctx.db.$executeRaw`select 1 from news where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid for no key update`
  return findNews(ctx, id)
}

/** All news of the seller, what was written last first. */
export async function listAllNews({ db, tenantId }: TenantContext, limit: number): Promise<News[]> {
  const rows = await db.news.findMany({ where: { tenantId }, select: columns, orderBy: [{ id: 'desc' }], take: limit })
  return rows.map(toNews)
}

function shownAt(tenantId: string, now: Date) {
  return { tenantId, state: 'published', showsFrom: { lte: now }, OR: [{ showsUntil: null }, { showsUntil: { gt: now } }] }
}

/** Whether the scope shows any news at this instant. */
export async function hasShownNews({ db, tenantId, now }: TenantContext): Promise<boolean> {
  return (await db.news.findFirst({ where: shownAt(tenantId, now), select: { id: true } })) !== null
}

type ShownNews = { readonly limit: number; readonly id?: string }

/** What the scope shows of the news at this instant, the newest first; one of them with `id`. The store has none of what is for the panel alone. */
export async function listShownNews({ db, tenantId, now }: TenantContext, { limit, id }: ShownNews): Promise<News[]> {
  const rows = await db.news.findMany({
    where: { ...shownAt(tenantId, now), ...(id ? { id } : {}) },
    select: columns,
    orderBy: [{ showsFrom: 'desc' }, { id: 'desc' }],
    take: limit,
  })
  return rows.map(toNews)
}

export type NewsFacts = Pick<News, 'place' | 'showsFrom' | 'showsUntil' | 'texts'>

/** Saves a draft. Returns its id. */
export async function insertNews({ db, tenantId, actor, now }: TenantContext, facts: NewsFacts): Promise<string> {
  const [id, by] = [newId(), actorName(actor)]
  const made = { state: 'draft', createdBy: by, createdAt: now, changedBy: by, changedAt: now }
  await db.news.createMany({ data: [{ tenantId, id, ...facts, ...made }] })
  return id
}

export type NewsChange = Partial<Omit<News, 'id'>>

/** Changes what is named of news. */
export async function updateNews({ db, tenantId, actor, now }: TenantContext, id: string, change: NewsChange): Promise<void> {
  await db.news.updateMany({ where: { tenantId, id }, data: { ...change, changedBy: actorName(actor), changedAt: now } })
}

export type NewsReader = { readonly accountId: string; readonly userId: string }

/** Until when a person has read the news in an account; null for who never did. */
export async function readNewsUntil({ db, tenantId }: TenantContext, reader: NewsReader): Promise<Date | null> {
  const row = await db.newsRead.findUnique({ where: { tenantId_accountId_userId: { tenantId, ...reader } }, select: { readUntil: true } })
  return row?.readUntil ?? null
}

/** Notes that a person has read all news until now. */
export async function saveNewsRead(ctx: TenantContext, { accountId, userId }: NewsReader): Promise<void> {
  await ctx.db.$executeRaw`
    insert into news_reads (tenant_id, account_id, user_id, read_until)
    values (${ctx.tenantId}::uuid, ${accountId}::uuid, ${userId}::uuid, ${ctx.now})
    on conflict (tenant_id, account_id, user_id) do update set read_until = greatest(news_reads.read_until, excluded.read_until)`
}
