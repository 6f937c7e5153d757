/** One page of a list in a stable order. `nextCursor` is opaque and null on the last page. */
export type Page<Row> = { readonly rows: readonly Row[]; readonly nextCursor: string | null }

export type PageQuery = { readonly cursor?: string | undefined; readonly limit?: number | undefined }

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** Bounds of a list that is read newest first by its time-ordered id: rows before `before`, one more than shown to know whether it goes on. */
export function pageBounds(query: PageQuery): { before: string; limit: number; take: number } {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 200)
  const isId = /^[0-9a-f-]{36}$/.test(query.cursor ?? '')
  return { before: isId ? (query.cursor as string) : lastId, limit, take: limit + 1 }
}

/** The page made of at most `limit` of `rows`, which were read one too many. */
export function toPage<Row extends { readonly id: string }>(rows: readonly Row[], limit: number): Page<Row> {
  const shown = rows.slice(0, limit)
  return { rows: shown, nextCursor: rows.length > limit ? (shown.at(-1)?.id ?? null) : null }
}
