import { presentPrefix } from '#app/config/sealed-text.server.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { sqlArray } from '../sql-array.server.ts'
import { indexesOf, isIndexed, openField, type SealedField, sealedFieldNames, sealedFields, sealField } from './sealed-fields.server.ts'

export type ResealedPage = { readonly sealed: number; readonly lastId: string | null }

/**
 * Seals with the present key what stands in `field` in plain or sealed by another: rows after `afterId`, at most `limit`, held until the
 * transaction ends, so that a writer waits and nothing is overwritten. `lastId` is null once no row is left.
 */
export async function resealPage(
  ctx: TenantContext,
  field: SealedField,
  { afterId, limit }: { readonly afterId: string | null; readonly limit: number },
): Promise<ResealedPage> {
  const { table, stored, put } = sealedFields[field]
  const rows = await ctx.db.$queryRaw<{ id: string; stored: string }[]>`
    select id, ${stored} as stored from ${table}
    where tenant_id = ${ctx.tenantId}::uuid and (${afterId}::uuid is null or id > ${afterId}::uuid) and ${isStale(field)}
    order by id limit ${limit} for no key update`
  if (rows.length === 0) return { sealed: 0, lastId: null }
  const anew = rows.map((row) => {
    const plain = openField(ctx, field, row.id, row.stored)
    return { id: row.id, sealed: sealField(ctx, field, row.id, plain), index: isIndexed(field) ? indexesOf(ctx, field, plain)[0] : null }
  })
  await ctx.db.$executeRaw`
    update ${table} set ${put}
    from unnest(${sqlArray(anew, (row) => row.id)}::uuid[], ${sqlArray(anew, (row) => row.sealed)}::text[],
      ${sqlArray(anew, (row) => row.index ?? null)}::text[]) as v (id, sealed, index)
    where tenant_id = ${ctx.tenantId}::uuid and ${table}.id = v.id`
  return { sealed: rows.length, lastId: rows.length < limit ? null : (rows.at(-1)?.id ?? null) }
}

/** A field and how many of its values are in plain or sealed by another key than the present one. */
export type StaleField = { readonly field: SealedField; readonly rows: number; readonly stale: number }

/** What of the tenant is still to be sealed with the present key, by field. */
export async function staleFields(ctx: TenantContext): Promise<StaleField[]> {
  const found: StaleField[] = []
  for (const field of sealedFieldNames) {
    const { table, stored } = sealedFields[field]
    const [row] = await ctx.db.$queryRaw<{ rows: number; stale: number }[]>`
      select count(*)::int as rows, (count(*) filter (where ${isStale(field)}))::int as stale
      from ${table} where tenant_id = ${ctx.tenantId}::uuid and ${stored} <> ''`
    found.push({ field, rows: row?.rows ?? 0, stale: row?.stale ?? 0 })
  }
  return found
}

function isStale(field: SealedField): Prisma.Sql {
  const { stored } = sealedFields[field]
  return Prisma.sql`${stored} <> '' and not starts_with(${stored}, ${presentPrefix()})`
}
