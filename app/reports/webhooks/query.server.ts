import type { TenantContext } from '#app/db/context.server.ts'
import { readCursor, writeCursor } from '../deliveries/cursor.ts'
import type { EndpointLog, EndpointView, WebhookAttemptView, WebhookDeliveryView } from './shape.ts'

/** The endpoints in the scope, at most 200: all of a seller, or those of one account when given. */
export function listEndpoints(ctx: TenantContext, accountId: string | null): Promise<EndpointView[]> {
  return ctx.db.$queryRaw<EndpointView[]>`
    select e.id, e.url, e.event_types as "eventTypes", e.state, e.failing_since as "failingSince", a.name as "accountName"
    from webhook_endpoints e left join accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
    where e.tenant_id = ${ctx.tenantId}::uuid and e.state <> 'removed' and (${accountId}::uuid is null or e.account_id = ${accountId}::uuid)
    order by a.name nulls first, e.created_at, e.id limit 200`
}

/** One endpoint; undefined when the scope holds no such one. */
export async function readEndpoint(ctx: TenantContext, id: string, accountId: string | null): Promise<EndpointView | undefined> {
  return (await listEndpoints(ctx, accountId)).find((endpoint) => endpoint.id === id)
}

/** How many endpoints were paused after days of failure: what they are due waits for somebody. Those that somebody paused do not count. */
export function countPausedEndpoints(ctx: TenantContext): Promise<number> {
  return ctx.db.webhookEndpoint.count({ where: { tenantId: ctx.tenantId, state: 'paused', failingSince: { not: null } } })
}

const pageLength = 25
const shownAttempts = 5

/** What an endpoint was told, newest first, with the newest attempts of each. A cursor that cannot be read starts at the newest. */
export async function readEndpointLog(ctx: TenantContext, endpointId: string, cursor: string | null): Promise<EndpointLog> {
  const after = readCursor(cursor)
  const rows = await ctx.db.$queryRaw<Omit<WebhookDeliveryView, 'attempts'>[]>`
    select id, event_type as "eventType", body, state, created_at as "createdAt", next_attempt_at as "nextAttemptAt" from webhook_deliveries
    where tenant_id = ${ctx.tenantId}::uuid and endpoint_id = ${endpointId}::uuid
      and (${after?.id ?? null}::uuid is null or (created_at, id) < (${after?.createdAt ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by created_at desc, id desc limit ${pageLength + 1}`
  const page = rows.slice(0, pageLength)
  const attempts = await readAttempts(
    ctx,
    page.map(({ id }) => id),
  )
  const last = page.at(-1)
  return {
    rows: page.map((row) => ({ ...row, attempts: attempts.filter(({ deliveryId }) => deliveryId === row.id) })),
    nextCursor: rows.length > pageLength && last ? writeCursor(last) : null,
  }
}

function readAttempts(ctx: TenantContext, deliveryIds: readonly string[]): Promise<(WebhookAttemptView & { deliveryId: string })[]> {
  return ctx.db.$queryRaw`
    select a.delivery_id as "deliveryId", a.number, a.at, a.duration_ms as "durationMs", a.status, a.problem, a.answer
    from unnest(${deliveryIds}::uuid[]) d(id) cross join lateral (
      select * from webhook_attempts w where w.tenant_id = ${ctx.tenantId}::uuid and w.delivery_id = d.id
      order by w.number desc limit ${shownAttempts}) a
    order by a.number desc`
}
