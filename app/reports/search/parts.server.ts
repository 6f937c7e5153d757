import type { TenantContext } from '#app/db/context.server.ts'
import { joinSql, type Sql, sql } from '#app/db/sql.server.ts'
import type { PublicKind } from '#app/domain/shared/ids.ts'
import { mostCounted, type SearchKind } from '#app/domain/shared/search-kinds.ts'
import type { SearchWords } from '#app/domain/shared/search-words.ts'
import { hitsOfKind, type SearchFound, type SearchHit } from './shape.ts'

/** One look for things of a kind, or of several. */
export type SearchPart = {
  readonly mayLook: boolean
  readonly publicKind: PublicKind
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
  { db }: TenantContext,
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
  const rows = await db.$queryRaw<Row[]>`
    select h.kind, h.id, h.name, h.note, h."placeId", h."isExact", h.total from (${joinSql(looks, ' union all ')}) h order by h.place, h.id`
  return foundOf(rows, { isPublicId: publicId !== null, kinds })
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

function toHit({ kind, id, name, note, placeId }: Row): SearchHit {
  return { kind, id, name, note, placeId }
}
