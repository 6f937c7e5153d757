import type { TenantContext } from '#app/db/context.server.ts'
import type {
  AffinityOverviewRow,
  BookChoice,
  CatalogBookOverviewRow,
  CatalogOverviewRow,
  CatalogsOverview,
  ChannelOverviewRow,
  RevisionOverviewRow,
} from './shape.ts'

/** Catalogs, channels, rules and the latest 50 revisions of a seller. */
export async function readCatalogsOverview(ctx: TenantContext): Promise<CatalogsOverview> {
  const { db, tenantId } = ctx
  const catalogs = await db.$queryRaw<CatalogOverviewRow[]>`
    select c.id, c.code, c.name, c.is_reference as "isReference",
      case when c.is_reference then (select count(*)::int from products p where p.tenant_id = c.tenant_id and p.status = 'published'
          and not exists (select 1 from catalog_items i where i.tenant_id = c.tenant_id and i.catalog_id = c.id and i.product_id = p.id and not i.is_visible))
        else (select count(*)::int from catalog_items i where i.tenant_id = c.tenant_id and i.catalog_id = c.id and i.is_visible) end as visible,
      (select count(*)::int from catalog_items i where i.tenant_id = c.tenant_id and i.catalog_id = c.id and not i.is_visible) as hidden,
      (select count(*)::int from price_books b where b.tenant_id = c.tenant_id and b.catalog_id = c.id) as books
    from catalogs c where c.tenant_id = ${tenantId}::uuid and c.status = 'active' order by c.is_reference desc, c.code limit 500`
  const channels = await db.$queryRaw<ChannelOverviewRow[]>`
    select h.id, h.code, h.name, c.name as catalog, h.segment, h.countries, h.currencies, h.is_default as "isDefault",
      (select count(*)::int from accounts a where a.tenant_id = h.tenant_id and a.channel_id = h.id) as accounts
    from channels h join catalogs c on c.tenant_id = h.tenant_id and c.id = h.catalog_id
    where h.tenant_id = ${tenantId}::uuid and h.status = 'active' order by h.is_default desc, h.code limit 500`
  const affinities = await db.$queryRaw<AffinityOverviewRow[]>`
    select f.id, c.name as catalog, l.name as level, f.segment, f.country, f.priority
    from catalog_affinities f join catalogs c on c.tenant_id = f.tenant_id and c.id = f.catalog_id
    left join partner_levels l on l.tenant_id = f.tenant_id and l.id = f.partner_level_id
    where f.tenant_id = ${tenantId}::uuid order by f.priority desc, f.id limit 500`
  const levels = await db.partnerLevel.findMany({
    where: { tenantId, status: 'active' },
    select: { id: true, name: true },
    orderBy: { rank: 'asc' },
    take: 100,
  })
  const revisions = await readRevisions(ctx)
  return { catalogs, channels, affinities, levels, revisions, books: await readBooks(ctx), sources: await readSources(ctx) }
}

function readBooks({ db, tenantId }: TenantContext): Promise<CatalogBookOverviewRow[]> {
  return db.$queryRaw`
    select b.id, c.name as catalog, b.name, b.currency,
      (select min(v.valid_from) from price_versions v where v.tenant_id = b.tenant_id and v.price_book_id = b.id and v.withdrawn_at is null)
        as "startsAt",
      (select count(*)::int from contract_price_books l where l.tenant_id = b.tenant_id and l.price_book_id = b.id and l.valid_to is null)
        as contracts
    from price_books b join catalogs c on c.tenant_id = b.tenant_id and c.id = b.catalog_id
    where b.tenant_id = ${tenantId}::uuid order by c.code, b.currency, b.id limit 500`
}

/** Every book but the buy lists of partner levels. */
export function readSources({ db, tenantId }: TenantContext): Promise<BookChoice[]> {
  return db.priceBook.findMany({
    where: { tenantId, partnerLevelId: null },
    select: { id: true, name: true, currency: true },
    orderBy: [{ isPublic: 'desc' }, { name: 'asc' }, { id: 'asc' }],
    take: 200,
  })
}

/** The latest 50 revisions, or the one named. */
export function readRevisions({ db, tenantId }: TenantContext, id: string | null = null): Promise<RevisionOverviewRow[]> {
  return db.$queryRaw<RevisionOverviewRow[]>`
    select r.id, r.number, c.name as catalog, r.note, r.state, jsonb_array_length(r.changes) as changes, r.activate_at as "activateAt",
      r.activated_at as "activatedAt"
    from catalog_revisions r join catalogs c on c.tenant_id = r.tenant_id and c.id = r.catalog_id
    where r.tenant_id = ${tenantId}::uuid and (${id}::uuid is null or r.id = ${id}::uuid) order by r.created_at desc, r.id limit 50`
}
