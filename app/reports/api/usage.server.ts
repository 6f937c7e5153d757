import { joinResource } from '#app/db/charges/charge-places.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { Uuid } from '#app/domain/shared/ids.ts'
import { addDays, type LocalDate, startOfDay } from '#app/domain/time/local-date.ts'

/** Decimal texts; the amount in major units, unrounded. */
export type UsedFacts = {
  readonly accountId: string
  readonly resource: { readonly id: string; readonly kind: string } | null
  readonly meter: string
  readonly unit: string
  readonly quantity: string
  readonly amount: string
  readonly currency: string
}
export type ApiUsageDay = UsedFacts & { readonly day: LocalDate }
export type ApiUsageRecord = UsedFacts & {
  readonly id: string
  readonly periodStart: Date
  readonly periodEnd: Date
  readonly included: string
  readonly billed: string
  readonly unitPrice: string
  readonly isCorrection: boolean
  readonly invoiceId: string | null
}

type Ask = {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly zone: string
  readonly cursor?: string | undefined
  readonly limit: number
}
type Page<Row> = { rows: Row[]; nextCursor: string | null }
type Placed = { readonly resourceId: string | null; readonly resourceKind: string | null }

/** Days that are put together at a time: a page of a long period reads no more than it shows. */
const daysAtOnce = 31

/** What was charged on each day from `from` to `to`, both included, by account, resource and meter; in that order, `limit` at a time. */
export async function listApiUsage(ctx: TenantContext, ask: Ask): Promise<Page<ApiUsageDay>> {
  const after = readCursor(ask.cursor)
  const reached = /^\d{4}-\d{2}-\d{2}(?=\|)/.exec(after ?? '')?.[0] ?? ask.from
  const rows: (ApiUsageDay & { key: string })[] = []
  for (let from = reached > ask.from ? reached : ask.from; from <= ask.to && rows.length <= ask.limit; from = addDays(from, daysAtOnce)) {
    const last = addDays(from, daysAtOnce - 1)
    rows.push(...(await readDays(ctx, { ...ask, from, to: last < ask.to ? last : ask.to, after, limit: ask.limit + 1 - rows.length })))
  }
  const page = rows.slice(0, ask.limit)
  return { rows: page, nextCursor: rows.length > ask.limit ? cursorAt(page.at(-1)?.key) : null }
}

async function readDays(ctx: TenantContext, { from, to, zone, after, limit }: Ask & { readonly after: string | null }) {
  const [start, end] = [startOfDay(from, zone), startOfDay(addDays(to, 1), zone)]
  const rows = await ctx.db.$queryRaw<(Omit<ApiUsageDay, 'resource'> & Placed & { key: string })[]>`
    select * from (
      select *, concat_ws('|', day, "accountId", coalesce("resourceId"::text, '-'), meter, unit, currency) as key
      from (
        select (c.period_start at time zone ${zone})::date::text as day, c.account_id as "accountId", place.resource_id as "resourceId",
          r.kind as "resourceKind", coalesce(c.meter, c.fee_kind) as meter, c.unit, trim_scale(sum(c.quantity))::text as quantity,
          trim_scale(sum(c.amount))::text as amount, c.currency
        from charges c ${joinResource}
        left join resources r on r.tenant_id = c.tenant_id and r.id = place.resource_id
        where c.tenant_id = ${ctx.tenantId}::uuid and c.period_start >= ${start} and c.period_start < ${end}
        group by 1, 2, 3, 4, 5, 6, c.currency) as summed) as days
    where ${after}::text is null or key collate "C" > ${after}
    order by key collate "C" limit ${limit}`
  return rows.map(withResource)
}

/** Each quantity that was charged in a period that began from `from` to `to`, both included, oldest first, `limit` at a time. */
export async function listApiUsageRecords(ctx: TenantContext, ask: Ask): Promise<Page<ApiUsageRecord>> {
  const [start, end] = [startOfDay(ask.from, ask.zone), startOfDay(addDays(ask.to, 1), ask.zone)]
  const after = recordCursor(ask.cursor) ?? { at: start, id: null }
  const rows = await ctx.db.$queryRaw<(Omit<ApiUsageRecord, 'resource'> & Placed)[]>`
    select c.id, c.period_start as "periodStart", c.period_end as "periodEnd", c.account_id as "accountId", place.resource_id as "resourceId",
      r.kind as "resourceKind", coalesce(c.meter, c.fee_kind) as meter, c.unit, trim_scale(c.quantity)::text as quantity,
      trim_scale(c.included_quantity)::text as included, trim_scale(c.billed_quantity)::text as billed,
      trim_scale(c.unit_price)::text as "unitPrice", trim_scale(c.amount)::text as amount, c.currency,
      c.class = 'Correction' as "isCorrection", i.id as "invoiceId"
    from charges c ${joinResource}
    left join resources r on r.tenant_id = c.tenant_id and r.id = place.resource_id
    left join invoices i on i.tenant_id = c.tenant_id and i.id = c.invoice_id
    where c.tenant_id = ${ctx.tenantId}::uuid and c.period_start >= ${start} and c.period_start < ${end}
      and c.period_start >= ${after.at} and (${after.id}::uuid is null or (c.period_start, c.id) > (${after.at}, ${after.id}::uuid))
    order by c.period_start, c.id limit ${ask.limit + 1}`
  const page = rows.slice(0, ask.limit)
  const last = page.at(-1)
  const nextCursor = rows.length > ask.limit ? cursorAt(last && `${last.periodStart.toISOString()}|${last.id}`) : null
  return { rows: page.map(withResource), nextCursor }
}

/** A resource that the scope does not see any more counts as a server, which most are. */
function withResource<Row extends Placed>({ resourceId, resourceKind, ...row }: Row) {
  return { ...row, resource: resourceId ? { id: resourceId, kind: resourceKind ?? 'server' } : null }
}

function cursorAt(key: string | undefined): string | null {
  return key === undefined ? null : Buffer.from(key).toString('base64url')
}

function readCursor(cursor: string | undefined): string | null {
  return cursor ? Buffer.from(cursor, 'base64url').toString('utf8') : null
}

/** Where the last page of records ended; undefined for what is no cursor of ours. */
function recordCursor(cursor: string | undefined): { readonly at: Date; readonly id: string } | undefined {
  const [at = '', id = ''] = (readCursor(cursor) ?? '').split('|')
  const instant = new Date(at)
  return Uuid.safeParse(id).success && !Number.isNaN(instant.getTime()) ? { at: instant, id } : undefined
}
