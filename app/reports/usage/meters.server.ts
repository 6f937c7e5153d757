import { type MeterRow, readMeters } from '#app/db/catalog/meters.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'

/** A meter as the office shows it; decimals as texts. `prices` counts those there ever were of it. */
export type MeterView = Pick<MeterRow, 'id' | 'code' | 'unit' | 'kind' | 'names' | 'unitWords' | 'retiredAt'> & {
  readonly roundUpTo: string | null
  readonly greatest: string
  readonly isOfParent: boolean
  readonly prices: number
}

/** The meters that the tenant defined or was handed down, in order of code. */
export async function listMeters(ctx: TenantContext): Promise<MeterView[]> {
  const meters = await readMeters(ctx)
  const rows = await ctx.db.$queryRaw<{ code: string; prices: number }[]>`
    select m.code, (select count(*) from price_rules r where r.tenant_id = m.tenant_id and r.meter = m.code)::int as prices
    from meters m where m.tenant_id = ${ctx.tenantId}::uuid order by m.code limit 1000`
  const prices = new Map(rows.map((row) => [row.code, row.prices]))
  return meters.map(({ roundUpTo, greatest, sourceTenantId, ...meter }) => ({
    id: meter.id,
    code: meter.code,
    unit: meter.unit,
    kind: meter.kind,
    names: meter.names,
    unitWords: meter.unitWords,
    retiredAt: meter.retiredAt,
    roundUpTo: roundUpTo?.toFixed() ?? null,
    greatest: greatest.toFixed(),
    isOfParent: sourceTenantId !== null,
    prices: prices.get(meter.code) ?? 0,
  }))
}
