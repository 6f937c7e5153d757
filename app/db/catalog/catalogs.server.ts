import type { AffinityFacts, BuyerFacts, ChannelFacts } from '#app/domain/catalog/affinity.ts'
import type { CatalogContent, CatalogEntry } from '#app/domain/catalog/visible-catalog.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import type { PriceBookRow } from '../people/accounts.server.ts'
import { sqlArray } from '../sql-array.server.ts'

export type CatalogRow = { readonly id: string; readonly code: string; readonly name: string; readonly isReference: boolean }
export type ChannelRow = ChannelFacts & { readonly code: string; readonly name: string; readonly currencies: readonly string[] }

/** The catalogs in use, the reference catalog first. */
export function readCatalogs(ctx: TenantContext): Promise<CatalogRow[]> {
  return ctx.db.catalog.findMany({
    where: { tenantId: ctx.tenantId, status: 'active' },
    select: { id: true, code: true, name: true, isReference: true },
    orderBy: [{ isReference: 'desc' }, { code: 'asc' }],
    take: 500,
  })
}

/** The channels in use, the default one first. */
export function readChannels(ctx: TenantContext): Promise<ChannelRow[]> {
  return ctx.db.channel.findMany({
    where: { tenantId: ctx.tenantId, status: 'active' },
    select: { id: true, code: true, name: true, catalogId: true, segment: true, countries: true, currencies: true, isDefault: true },
    orderBy: [{ isDefault: 'desc' }, { code: 'asc' }],
    take: 500,
  })
}

/** Which buyers see which catalog, the highest priority first. Nothing in the store's scope: visitors meet none of them. */
export function readAffinities(ctx: TenantContext): Promise<AffinityFacts[]> {
  return ctx.db.catalogAffinity.findMany({
    where: { tenantId: ctx.tenantId },
    select: { id: true, catalogId: true, partnerLevelId: true, segment: true, country: true, priority: true },
    orderBy: [{ priority: 'desc' }, { id: 'asc' }],
    take: 1_000,
  })
}

/** What decides the catalog of an account: a department's is that of its enterprise unless it has a channel of its own. */
export async function readBuyerFacts(ctx: TenantContext, accountId: string): Promise<BuyerFacts | undefined> {
  const [row] = await ctx.db.$queryRaw<BuyerFacts[]>`
    select coalesce(a.channel_id, p.channel_id) as "channelId", coalesce(a.segment, p.segment) as segment, a.country,
      (select l.partner_level_id from partner_level_assignments l where l.tenant_id = a.tenant_id and l.account_id = a.id
        and l.valid_from <= ${ctx.now} and (l.valid_to is null or l.valid_to > ${ctx.now}) limit 1) as "partnerLevelId"
    from accounts a left join accounts p on p.tenant_id = a.tenant_id and p.id = a.parent_account_id
    where a.tenant_id = ${ctx.tenantId}::uuid and a.id = ${accountId}::uuid`
  return row
}

/** The entries of a catalog. @throws when there is none: ids come from our own rows. */
export async function readCatalogContent(ctx: TenantContext, catalogId: string): Promise<CatalogContent> {
  const { tenantId } = ctx
  const catalog = await ctx.db.catalog.findUniqueOrThrow({
    where: { tenantId_id: { tenantId, id: catalogId } },
    select: { isReference: true },
  })
  const entries = await ctx.db.catalogItem.findMany({
    where: { tenantId, catalogId },
    select: { productId: true, isVisible: true, position: true },
    orderBy: [{ position: 'asc' }, { productId: 'asc' }],
    take: 10_000,
  })
  return { isReference: catalog.isReference, entries }
}

/** Adds a catalog. Returns its id; the id of the one that has the code already. */
export async function insertCatalog(ctx: TenantContext, facts: Pick<CatalogRow, 'code' | 'name' | 'isReference'>): Promise<string> {
  const { tenantId } = ctx
  await ctx.db.catalog.createMany({
    data: [{ tenantId, id: newId(), ...facts, status: 'active', createdAt: ctx.now }],
    skipDuplicates: true,
  })
  const { id } = await ctx.db.catalog.findUniqueOrThrow({ where: { tenantId_code: { tenantId, code: facts.code } }, select: { id: true } })
  return id
}

/** Lets a catalog hold exactly these entries beside those it has of other products. */
export async function saveEntries(ctx: TenantContext, catalogId: string, entries: readonly CatalogEntry[]): Promise<void> {
  if (entries.length === 0) return
  await ctx.db.$executeRaw`
    insert into catalog_items (tenant_id, id, catalog_id, product_id, is_visible, position, created_at)
    select ${ctx.tenantId}::uuid, e.id, ${catalogId}::uuid, e.product_id, e.is_visible, e.position, ${ctx.now}
    from unnest(${sqlArray(entries, () => newId())}::uuid[], ${sqlArray(entries, (entry) => entry.productId)}::uuid[],
      ${sqlArray(entries, (entry) => String(entry.isVisible))}::boolean[], ${sqlArray(entries, (entry) => String(entry.position))}::int[])
      as e (id, product_id, is_visible, position)
    on conflict (tenant_id, catalog_id, product_id) do update set is_visible = excluded.is_visible, position = excluded.position`
}

export type NewChannel = {
  readonly code: string
  readonly name: string
  readonly catalogId: string
  readonly segment: string | null
  readonly countries: readonly string[]
  readonly currencies: readonly string[]
  readonly isDefault: boolean
}

/** Adds a channel; false when its code is taken. */
export async function insertChannel(ctx: TenantContext, channel: NewChannel): Promise<boolean> {
  const { tenantId, now } = ctx
  if (channel.isDefault) await ctx.db.channel.updateMany({ where: { tenantId, isDefault: true }, data: { isDefault: false } })
  const { count } = await ctx.db.channel.createMany({
    data: [
      {
        tenantId,
        id: newId(),
        ...channel,
        countries: [...channel.countries],
        currencies: [...channel.currencies],
        status: 'active',
        createdAt: now,
      },
    ],
    skipDuplicates: true,
  })
  return count === 1
}

/**
 * The public price books of a catalog, one for each currency it has prices in, the usual one first: its own ones, then the
 * store's. `currencies` are those of its channel, in order; without any all are offered, the seller's own currency first.
 */
export async function booksOfCatalog(
  ctx: TenantContext,
  { catalogId, currencies }: { readonly catalogId: string | null; readonly currencies: readonly string[] },
): Promise<PriceBookRow[]> {
  const { tenantId } = ctx
  const inForce = { withdrawnAt: null, validFrom: { lte: ctx.now }, OR: [{ validTo: null }, { validTo: { gt: ctx.now } }] }
  const own = catalogId ? [{ catalogId, priceVersionsAsPriceBook: { some: inForce } }] : []
  const tenant = await ctx.db.tenant.findUniqueOrThrow({ where: { tenantId }, select: { currency: true } })
  const found = await ctx.db.priceBook.findMany({
    where: { tenantId, isPublic: true, OR: [{ catalogId: null }, ...own] },
    select: {
      id: true,
      code: true,
      currency: true,
      isPublic: true,
      catalogId: true,
      priceVersionsAsPriceBook: { where: inForce, select: { id: true }, take: 1 },
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: 200,
  })
  const priced = found.filter(({ priceVersionsAsPriceBook: versions }) => versions.length > 0)
  const books = priced.length > 0 ? priced : found
  const asked = books.filter(({ currency }) => currencies.includes(currency))
  const order = asked.length > 0 ? currencies : [tenant.currency]
  const rank = (book: (typeof books)[number]) => {
    const place = order.indexOf(book.currency)
    return (book.catalogId === null ? 1_000 : 0) + (place < 0 ? order.length : place)
  }
  const ranked = [...(asked.length > 0 ? asked : books)].sort((a, b) => rank(a) - rank(b))
  return ranked.filter(({ currency }, index) => ranked.findIndex((book) => book.currency === currency) === index)
}
