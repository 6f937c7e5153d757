import { insertMeter, type MeterRow, readMeters, updateMeter } from '#app/db/catalog/meters.server.ts'
import { inTenant, type TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { childTenants } from '#app/db/sellers/tenants.server.ts'
import { freeCode } from '#app/domain/usage/define-meter.ts'

/** What a child calls the meters of its parent, by the parent's code. */
export type MeterCodes = ReadonlyMap<string, string>

type Edge = { readonly tenantId: string; readonly childTenantId: string }

/** Tells every reseller of a tenant about its meters. Safe to repeat. */
export async function handDownAllMeters(tenantId: string): Promise<void> {
  for (const child of await childTenants(tenantId)) await handDownMeters({ tenantId, childTenantId: child.tenantId })
}

/**
 * Writes the meters of a tenant into one reseller's as rows that name where they come from: code, unit, kind and words, never a price.
 * A code that the reseller uses itself gets a number there. Words that the reseller chose stay. What is new is told to the level below
 * by a job. Safe to repeat.
 */
export async function handDownMeters({ tenantId, childTenantId }: Edge): Promise<MeterCodes> {
  const meters = await inTenant(tenantId, readMeters)
  if (meters.length === 0) return new Map()
  return inTenant(childTenantId, (ctx) => takeMeters(ctx, tenantId, meters))
}

async function takeMeters(ctx: TenantContext, sourceTenantId: string, meters: readonly MeterRow[]): Promise<MeterCodes> {
  const there = await readMeters(ctx)
  const known = new Map(there.flatMap((meter) => (meter.sourceTenantId === sourceTenantId ? [[meter.sourceCode, meter] as const] : [])))
  const taken = new Set(there.map(({ code }) => code))
  const codes = new Map<string, string>()
  let hasNews = false
  for (const meter of meters) {
    const found = known.get(meter.code)
    const code = found?.code ?? freeCode(meter.code, taken)
    codes.set(meter.code, code)
    taken.add(code)
    if (!found) await insertMeter(ctx, { ...meter, code, sourceTenantId, sourceCode: meter.code })
    else if (isNews(found, meter)) await updateMeter(ctx, found.id, merged(found, meter))
    else continue
    hasNews = true
  }
  if (hasNews) await enqueue(ctx, { name: 'meters/changed', data: { tenantId: ctx.tenantId } })
  return codes
}

function merged(found: MeterRow, { names, unitWords, greatest, retiredAt }: MeterRow): MeterRow {
  return { ...found, ...(found.isRenamed ? {} : { names, unitWords }), greatest, retiredAt }
}

function isNews(found: MeterRow, parent: MeterRow): boolean {
  const facts = ({ names, unitWords, greatest, retiredAt }: MeterRow) =>
    JSON.stringify([
      ...[names, unitWords].map((words) => Object.entries(words).sort(([a], [b]) => (a < b ? -1 : 1))),
      greatest.toFixed(),
      retiredAt,
    ])
  return facts(found) !== facts(merged(found, parent))
}
