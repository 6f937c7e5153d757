import type { TenantContext } from '#app/db/context.server.ts'
import { openField } from '#app/db/sealing/sealed-fields.server.ts'
import { joinSql, type Sql, sql } from '#app/db/sql.server.ts'
import { type PublicKind, toPublicId } from '#app/domain/shared/ids.ts'
import { mostCounted, type SearchKind } from '#app/domain/shared/search-kinds.ts'
import type { SearchWords } from '#app/domain/shared/search-words.ts'
import { hitsOfKind, type SearchFound, type SearchHit } from './shape.ts'

/** One look for things of a kind, or of several. */
export type SearchPart = {
  readonly mayLook: boolean
  /** Of its prefixed ids; null for things that people know by no id. */
  readonly publicKind: PublicKind | null
  /** `select … as kind, … as id, … as name, … as note, … as "placeId", … as "isExact"` over what there is, without a `where`. */
  readonly select: Sql
  /** What of it the scope's tenant has, without the words. */
  readonly among: Sql
  /** The column of the id. */
  readonly id: Sql
  readonly matches: Sql
  /** Counted to `mostCounted` only: what a seller has of one kind may be very many. */
  readonly isBounded?: boolean
}

type Row = SearchHit & { readonly isExact: boolean; readonly total: number }

/** Runs the looks in one statement. A public id is looked for by the key alone, among things of its kind. */
export async function lookFor(
  ctx: TenantContext,
  { words, parts, kinds }: { readonly words: SearchWords; readonly parts: readonly SearchPart[]; readonly kinds: readonly SearchKind[] },
): Promise<SearchFound> {
  const { publicId } = words
  const asked = parts.filter(({ mayLook, publicKind }) => mayLook && (publicId === null || publicId.kind === publicKind))
  if (asked.length === 0) return { groups: [], exact: null }
  const looks = asked.map(({ select, among, id, matches, isBounded }) => {
    const found = publicId ? sql`${id} = ${publicId.uuid}::uuid` : matches
    return sql`(select * from (
      select e.*, count(*) over (partition by e.kind)::int as total,
        row_number() over (partition by e.kind order by e."isExact" desc, lower(e.name), e.id) as place
      from (${select} where ${among} and (${found}) ${isBounded ? sql`limit ${mostCounted}` : sql``}) e) f where f.place <= ${hitsOfKind})`
  })
  const rows = await ctx.db.$queryRaw<Row[]>`
    select h.kind, h.id, h.name, h.note, h."placeId", h."isExact", h.total from (${joinSql(looks, ' union all ')}) h order by h.place, h.id`
  const readable = rows.map((row) => readableRow(ctx, row))
  return foundOf(readable, { isPublicId: publicId !== null, kinds })
}

function foundOf(
  rows: readonly Row[],
  { isPublicId, kinds }: { readonly isPublicId: boolean; readonly kinds: readonly SearchKind[] },
): SearchFound {
  const named = rows.filter(({ isExact }) => isExact || isPublicId)
  const groups = kinds.flatMap((kind) => {
    const hits = rows.filter((row) => row.kind === kind)
    return hits[0] ? [{ kind, total: hits[0].total, hits: hits.map(toHit) }] : []
  })
  return { groups, exact: named.length === 1 && named[0] ? toHit(named[0]) : null }
}

/** The subject of a ticket is sealed, and an order may be of something that the scope sees no more. */
function readableRow(ctx: TenantContext, row: Row): Row {
  if (row.kind === 'ticket') return { ...row, name: openField(ctx, 'tickets.subject', row.id, row.name) }
  return row.kind === 'order' && row.name === '' ? { ...row, name: toPublicId('order', row.id) } : row
}

function toHit({ kind, id, name, note, placeId }: Row): SearchHit {
  return { kind, id, name, note, placeId }
}

/** The name of `products p` in the reader's language. */
export function productName(language: string): Sql {
  return sql`coalesce(p.name ->> ${language}, p.name ->> 'en', p.code)`
}

/** Tickets by number: what stands in them is sealed. */
export function ticketPart(tenantId: string, { words, mayLook }: { readonly words: SearchWords; readonly mayLook: boolean }): SearchPart {
  const { publicId, number, isNumbered } = words
  return {
    mayLook: mayLook && (publicId !== null || number !== null),
    publicKind: 'ticket',
    select: sql`select 'ticket' as kind, t.id, t.subject as name, '#' || t.number as note, null::uuid as "placeId", ${isNumbered}::boolean as "isExact"
      from tickets t`,
    among: sql`t.tenant_id = ${tenantId}::uuid`,
    id: sql`t.id`,
    matches: sql`t.number = ${number}::int`,
  }
}
