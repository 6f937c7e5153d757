import type { SearchKind } from '#app/domain/shared/search-kinds.ts'

/** As many of a kind are shown. */
export const hitsOfKind = 8

export type SearchHit = {
  readonly kind: SearchKind
  readonly id: string
  readonly name: string
  /** What tells it from others of its name: an address, a customer. */
  readonly note: string | null
  /** The page it stands on where it has none of its own. */
  readonly placeId: string | null
}
export type SearchGroup = { readonly kind: SearchKind; readonly total: number; readonly hits: readonly SearchHit[] }
export type SearchFound = {
  readonly groups: readonly SearchGroup[]
  /** What the words name by id or number, and nothing beside it. */
  readonly exact: SearchHit | null
}
