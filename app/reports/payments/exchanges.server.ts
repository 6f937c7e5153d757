import type { TenantContext } from '#app/db/context.server.ts'
import { openField } from '#app/db/sealing/sealed-fields.server.ts'
import { pageByTime, readTimeCursor } from './time-cursor.ts'

/** A request to a gateway and its answer, as they are kept: secrets are masked. */
export type ExchangeView = {
  readonly id: string
  readonly gateway: string
  readonly attemptId: string | null
  readonly operation: string
  readonly method: string
  readonly path: string
  readonly status: number | null
  readonly problem: string | null
  readonly request: string
  readonly answer: string
  readonly durationMs: number
  readonly at: Date
}

export const exchangeResults = ['answered', 'failed'] as const
export type ExchangeFilter = {
  readonly result: (typeof exchangeResults)[number] | null
  /** Words of the request, the answer or the path. */
  readonly text: string | null
  readonly attemptId: string | null
  readonly from: Date | null
  readonly before: Date | null
}

const searchedDays = 31
const searchedPage = 500
const searchedRows = 20_000

/**
 * Exchanges, the newest first, `limit` at a time, read along the index by instant. Words are looked for in at most a month, the last one
 * unless a first day is named, and in at most 20,000 of them: they are sealed, so that each is opened to look. A cursor that cannot be read
 * starts at the newest.
 */
export async function listExchanges(
  ctx: TenantContext,
  filter: ExchangeFilter,
  page: { readonly cursor: string | null; readonly limit: number },
): Promise<{ readonly rows: readonly ExchangeView[]; readonly nextCursor: string | null }> {
  const { text } = filter
  if (!text)
    return pageByTime(
      await readExchanges(ctx, filter, { after: readTimeCursor(page.cursor), limit: page.limit + 1 }),
      page.limit,
      ({ at }) => at,
    )
  const within = { ...filter, ...searched(ctx.now, filter) }
  const words = text.toLowerCase()
  const found: ExchangeView[] = []
  let after: Cursor = readTimeCursor(page.cursor)
  for (let looked = 0; looked < searchedRows && found.length <= page.limit; looked += searchedPage) {
    const rows = await readExchanges(ctx, within, { after, limit: searchedPage })
    found.push(...rows.filter(({ path, request, answer }) => [path, request, answer].some((each) => each.toLowerCase().includes(words))))
    const last = rows.at(-1)
    if (!last || rows.length < searchedPage) break
    after = { at: last.at, id: last.id }
  }
  return pageByTime(found.slice(0, page.limit + 1), page.limit, ({ at }) => at)
}

type Cursor = ReturnType<typeof readTimeCursor>

async function readExchanges(
  ctx: TenantContext,
  { result, attemptId, from, before }: ExchangeFilter,
  { after, limit }: { readonly after: Cursor; readonly limit: number },
): Promise<ExchangeView[]> {
  const rows = await ctx.db.$queryRaw<ExchangeView[]>`
    select x.id, g.gateway, x.attempt_id as "attemptId", x.operation, x.method, x.path, x.status, x.problem, x.request, x.answer,
      x.duration_ms as "durationMs", x.at
    from gateway_exchanges x join gateway_accounts g on g.tenant_id = x.tenant_id and g.id = x.gateway_account_id
    where x.tenant_id = ${ctx.tenantId}::uuid and (${attemptId}::uuid is null or x.attempt_id = ${attemptId}::uuid)
      and (${result}::text is null or ${result} = case when x.problem is null then 'answered' else 'failed' end)
      and (${from}::timestamptz is null or x.at >= ${from}) and (${before}::timestamptz is null or x.at < ${before})
      and (${after?.id ?? null}::uuid is null or (x.at, x.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by x.at desc, x.id desc limit ${limit}`
  return rows.map((row) => ({
    ...row,
    path: openField(ctx, 'gateway_exchanges.path', row.id, row.path),
    request: openField(ctx, 'gateway_exchanges.request', row.id, row.request),
    answer: openField(ctx, 'gateway_exchanges.answer', row.id, row.answer),
  }))
}

function searched(now: Date, { from, before }: ExchangeFilter): { from: Date; before: Date } {
  const length = searchedDays * 86_400_000
  if (!from) {
    const end = before ?? now
    return { from: new Date(end.getTime() - length), before: before ?? new Date(now.getTime() + 1) }
  }
  const latest = new Date(from.getTime() + length)
  return { from, before: before && before < latest ? before : latest }
}

/** What a gateway told, and what became of it. */
export type EventView = {
  readonly id: string
  readonly gateway: string
  readonly eventId: string
  readonly eventType: string
  readonly state: 'stored' | 'applied' | 'ignored' | 'refused'
  readonly problem: string | null
  readonly attemptId: string | null
  readonly receivedAt: Date
}
export const eventStates = ['stored', 'applied', 'ignored', 'refused'] as const

/** Events of gateways, the newest first, `limit` at a time. */
export async function listGatewayEvents(
  ctx: TenantContext,
  { state }: { readonly state: EventView['state'] | null },
  page: { readonly cursor: string | null; readonly limit: number },
): Promise<{ readonly rows: readonly EventView[]; readonly nextCursor: string | null }> {
  const after = readTimeCursor(page.cursor)
  const rows = await ctx.db.$queryRaw<EventView[]>`
    select e.id, g.gateway, e.event_id as "eventId", e.event_type as "eventType", e.state, e.problem, e.attempt_id as "attemptId",
      e.received_at as "receivedAt"
    from gateway_events e join gateway_accounts g on g.tenant_id = e.tenant_id and g.id = e.gateway_account_id
    where e.tenant_id = ${ctx.tenantId}::uuid and (${state}::text is null or e.state = ${state})
      and (${after?.id ?? null}::uuid is null or (e.received_at, e.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by e.received_at desc, e.id desc limit ${page.limit + 1}`
  return pageByTime(rows, page.limit, ({ receivedAt }) => receivedAt)
}
