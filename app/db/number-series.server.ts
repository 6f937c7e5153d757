import type { TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'

export type TakenNumber = {
  readonly seriesId: string
  readonly prefix: string
  readonly sequence: number
  /** Content hash of the document before it in the series; null for the first. */
  readonly previousHash: string | null
}

export type SeriesName = { readonly documentType: string; readonly year: number }

type SeriesRow = { id: string; prefix: string; last_number: number; last_hash: string | null }

/**
 * Takes the next number of a series. It holds the series until the transaction ends and is given back when that rolls back,
 * so there is never a hole (B20). A series that is new begins at 1 with `prefix`, which it then keeps.
 */
export async function takeNumber(ctx: TenantContext, name: SeriesName, prefix: string): Promise<TakenNumber> {
  const taken = (await advance(ctx, name)) ?? (await openSeries(ctx, name, prefix))
  return { seriesId: taken.id, prefix: taken.prefix, sequence: taken.last_number, previousHash: taken.last_hash }
}

/** Notes the hash that the next document of the series will build on. */
export async function rememberHash(ctx: TenantContext, seriesId: string, contentHash: string): Promise<void> {
  await ctx.db.$executeRaw`
    update number_series set last_hash = ${contentHash} where tenant_id = ${ctx.tenantId}::uuid and id = ${seriesId}::uuid`
}

async function openSeries(ctx: TenantContext, name: SeriesName, prefix: string): Promise<SeriesRow> {
  // Whoever loses the race waits here until the winner commits, and then finds its row.
  await ctx.db.$executeRaw`
    insert into number_series (tenant_id, id, document_type, year, prefix, last_number)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${name.documentType}, ${name.year}, ${prefix}, 0)
    on conflict (tenant_id, document_type, year) do nothing`
  const taken = await advance(ctx, name)
  if (!taken) throw new Error(`number series ${name.documentType} ${name.year} cannot be read`)
  return taken
}

async function advance(ctx: TenantContext, name: SeriesName): Promise<SeriesRow | undefined> {
  const [row] = await ctx.db.$queryRaw<SeriesRow[]>`
    update number_series set last_number = last_number + 1
    where tenant_id = ${ctx.tenantId}::uuid and document_type = ${name.documentType} and year = ${name.year}
    returning id, prefix, last_number, last_hash`
  return row
}
