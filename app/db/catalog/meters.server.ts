import { Decimal } from '#app/domain/money/decimal.ts'
import type { MeterDraft } from '#app/domain/usage/define-meter.ts'
import type { MeterKind, MeterWords, OwnMeter, OwnMeters } from '#app/domain/usage/own-meter.ts'
import type { Unit } from '#app/domain/usage/units.ts'
import type { TenantContext } from '../context.server.ts'
import { Prisma } from '../generated/client.ts'
import { newId } from '../ids.server.ts'

/** A meter with where it comes from; without a source it is the tenant's own. */
export type MeterRow = OwnMeter & {
  readonly id: string
  readonly sourceTenantId: string | null
  readonly sourceCode: string | null
  readonly isRenamed: boolean
}

type Row = Omit<MeterRow, 'roundUpTo' | 'greatest'> & { readonly roundUpTo: string | null; readonly greatest: string }

const columns = Prisma.sql`id, code, unit, kind, trim_scale(round_up_to)::text as "roundUpTo", trim_scale(greatest)::text as greatest, names,
  unit_words as "unitWords", retired_at as "retiredAt", source_tenant_id as "sourceTenantId", source_code as "sourceCode",
  is_renamed as "isRenamed"`

/** The tenant's own meters and those handed down to it, retired ones too, in order of code: a few dozen at most. */
export async function readMeters({ db, tenantId }: TenantContext): Promise<MeterRow[]> {
  const rows = await db.$queryRaw<Row[]>`select ${columns} from meters where tenant_id = ${tenantId}::uuid order by code limit 1000`
  return rows.map(toMeter)
}

/** Those of them that a price in the scope's sight is in. */
export async function readPricedMeters({ db, tenantId }: TenantContext): Promise<MeterRow[]> {
  const rows = await db.$queryRaw<Row[]>`
    select ${columns} from meters
    where tenant_id = ${tenantId}::uuid
      and exists (select 1 from price_rules r where r.tenant_id = ${tenantId}::uuid and r.meter = meters.code)
    order by code limit 1000`
  return rows.map(toMeter)
}

/** The same by code, as rules of the domain take them. */
export async function readOwnMeters(ctx: TenantContext): Promise<OwnMeters> {
  return new Map((await readMeters(ctx)).map((meter) => [meter.code, meter]))
}

/** Codes of the meters of which the greatest sample counts. */
export function sampledOf(meters: OwnMeters): ReadonlySet<string> {
  return new Set([...meters.values()].flatMap(({ code, kind }) => (kind === 'gauge' ? code : [])))
}

/** The meter `id`, held until the transaction ends; undefined when the tenant has none such. */
export async function lockMeter({ db, tenantId }: TenantContext, id: string): Promise<MeterRow | undefined> {
  const [row] = await db.$queryRaw<Row[]>`
    select ${columns} from meters where tenant_id = ${tenantId}::uuid and id = ${id}::uuid for no key update`
  return row && toMeter(row)
}

export type NewMeter = MeterDraft & Pick<MeterRow, 'sourceTenantId' | 'sourceCode' | 'retiredAt'>

/** Saves a meter; undefined when one with its code is there. */
export async function insertMeter({ db, tenantId, now }: TenantContext, meter: NewMeter): Promise<string | undefined> {
  const id = newId()
  const { code, unit, kind, roundUpTo, greatest, names, unitWords, sourceTenantId, sourceCode, retiredAt } = meter
  const written = await db.$executeRaw`
    insert into meters (tenant_id, id, code, unit, kind, round_up_to, greatest, names, unit_words, source_tenant_id, source_code, created_at, retired_at)
    values (${tenantId}::uuid, ${id}::uuid, ${code}, ${unit}, ${kind}, ${roundUpTo?.toFixed() ?? null}::numeric, ${greatest.toFixed()}::numeric,
      ${JSON.stringify(names)}::jsonb, ${JSON.stringify(unitWords)}::jsonb, ${sourceTenantId}::uuid, ${sourceCode}, ${now}, ${retiredAt})
    on conflict do nothing`
  return written === 1 ? id : undefined
}

export type MeterChange = {
  readonly names: MeterWords
  readonly unitWords: MeterWords
  readonly greatest: Decimal
  readonly retiredAt: Date | null
  readonly isRenamed: boolean
}

/** Changes what may change of a meter. Its code, unit and kind stay: usage and prices are in them. */
export async function updateMeter({ db, tenantId }: TenantContext, id: string, change: MeterChange): Promise<void> {
  await db.$executeRaw`
    update meters
    set names = ${JSON.stringify(change.names)}::jsonb, unit_words = ${JSON.stringify(change.unitWords)}::jsonb,
      greatest = ${change.greatest.toFixed()}::numeric, retired_at = ${change.retiredAt}, is_renamed = ${change.isRenamed}
    where tenant_id = ${tenantId}::uuid and id = ${id}::uuid`
}

function toMeter({ unit, kind, roundUpTo, greatest, ...row }: Row): MeterRow {
  return {
    ...row,
    unit: unit as Unit,
    kind: kind as MeterKind,
    roundUpTo: roundUpTo === null ? null : new Decimal(roundUpTo),
    greatest: new Decimal(greatest),
  }
}
