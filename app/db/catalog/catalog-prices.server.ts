import type { BuyerFacts } from '#app/domain/catalog/affinity.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

/** A price book of one catalog. `startsAt` is when its first price begins; null while it has none. */
export type CatalogBookRow = {
  readonly id: string
  readonly catalogId: string
  readonly name: string
  readonly currency: string
  readonly startsAt: Date | null
}

/** The books that belong to catalogs, the oldest first. */
export function readCatalogBooks(ctx: TenantContext): Promise<CatalogBookRow[]> {
  return ctx.db.$queryRaw`
    select b.id, b.catalog_id as "catalogId", b.name, b.currency,
      (select min(v.valid_from) from price_versions v where v.tenant_id = b.tenant_id and v.price_book_id = b.id and v.withdrawn_at is null)
        as "startsAt"
    from price_books b
    where b.tenant_id = ${ctx.tenantId}::uuid and b.catalog_id is not null order by b.created_at, b.id limit 500`
}

export type NewCatalogBook = Pick<CatalogBookRow, 'catalogId' | 'name' | 'currency'> & { readonly code: string }

/** Opens an empty book of a catalog, which visitors of its channel may read. Undefined when its code is taken. */
export async function insertCatalogBook(ctx: TenantContext, book: NewCatalogBook): Promise<string | undefined> {
  const id = newId()
  const data = [{ tenantId: ctx.tenantId, id, ...book, isPublic: true, createdAt: ctx.now }]
  const { count } = await ctx.db.priceBook.createMany({ data, skipDuplicates: true })
  return count === 1 ? id : undefined
}

/** A contract with what decides the catalog of its account, and the book that prices it in its place. */
export type PricedContract = BuyerFacts & {
  readonly accountId: string
  readonly contractId: string
  readonly currency: string
  /** The store's list it was made with; null when it was made with another book. */
  readonly listBookId: string | null
  /** What its catalog layer is in the end, and since when or from when on; null when it never had one. */
  readonly layerBookId: string | null
  readonly layerFrom: Date | null
}

/** The contracts of these accounts and their departments, or of all accounts, in order of account. */
export function readPricedContracts(ctx: TenantContext, accountIds: readonly string[] | null): Promise<PricedContract[]> {
  return ctx.db.$queryRaw`
    select a.id as "accountId", k.id as "contractId", k.currency, coalesce(a.channel_id, p.channel_id) as "channelId",
      coalesce(a.segment, p.segment) as segment, a.country,
      (select l.partner_level_id from partner_level_assignments l where l.tenant_id = a.tenant_id and l.account_id = a.id
        and l.valid_from <= ${ctx.now} and (l.valid_to is null or l.valid_to > ${ctx.now}) limit 1) as "partnerLevelId",
      case when b.is_public and b.catalog_id is null and b.partner_level_id is null then b.id end as "listBookId",
      layer.price_book_id as "layerBookId", layer.valid_from as "layerFrom"
    from contracts k
    join accounts a on a.tenant_id = k.tenant_id and a.id = k.account_id
    left join accounts p on p.tenant_id = a.tenant_id and p.id = a.parent_account_id
    join price_books b on b.tenant_id = k.tenant_id and b.id = k.price_book_id
    left join contract_price_books layer on layer.tenant_id = k.tenant_id and layer.contract_id = k.id and layer.layer = 3
      and layer.valid_to is null
    where k.tenant_id = ${ctx.tenantId}::uuid
      and (${accountIds}::uuid[] is null or a.id = any (${accountIds}::uuid[]) or a.parent_account_id = any (${accountIds}::uuid[]))
    order by a.id`
}
