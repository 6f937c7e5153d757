import type { WebhookEventType } from '#app/domain/webhook/event-types.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'

export type WebhookDeliveryState = 'waiting' | 'delivered' | 'failed'

export type NewWebhookDelivery = {
  readonly accountId: string | null
  readonly endpointId: string
  /** The same event has the same key: an endpoint is told once. */
  readonly sourceKey: string
  readonly eventType: WebhookEventType
  readonly body: string
}

/** Opens a delivery; its id, or undefined when the endpoint was told of this before. */
export async function openWebhookDelivery(ctx: TenantContext, delivery: NewWebhookDelivery): Promise<string | undefined> {
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into webhook_deliveries (tenant_id, id, account_id, endpoint_id, source_key, event_type, body, state, round, attempts, created_at)
    values (${ctx.tenantId}::uuid, ${newId()}::uuid, ${delivery.accountId}::uuid, ${delivery.endpointId}::uuid, ${delivery.sourceKey},
      ${delivery.eventType}, ${delivery.body}, 'waiting', 1, 0, ${ctx.now})
    on conflict (tenant_id, endpoint_id, source_key) do nothing returning id`
  return row?.id
}

export type WebhookDeliveryRow = {
  readonly id: string
  readonly accountId: string | null
  readonly endpointId: string
  readonly body: string
  readonly state: WebhookDeliveryState
  readonly round: number
  readonly attempts: number
  readonly firstAttemptAt: Date | null
}

/** One delivery; undefined when the scope holds no such one. */
export async function findWebhookDelivery(ctx: TenantContext, id: string): Promise<WebhookDeliveryRow | undefined> {
  const row = await ctx.db.webhookDelivery.findFirst({
    where: { tenantId: ctx.tenantId, id },
    select: {
      id: true,
      accountId: true,
      endpointId: true,
      body: true,
      state: true,
      round: true,
      attempts: true,
      firstAttemptAt: true,
    },
  })
  return row ? { ...row, state: row.state as WebhookDeliveryState } : undefined
}

export type AttemptRecord = {
  readonly delivery: WebhookDeliveryRow
  readonly at: Date
  readonly durationMs: number
  readonly status: number | null
  readonly problem: string | null
  readonly answer: string
  readonly state: WebhookDeliveryState
  readonly nextAttemptAt: Date | null
}

/** Notes an attempt and where its delivery stands after it. */
export async function recordAttempt(ctx: TenantContext, { delivery, state, nextAttemptAt, ...attempt }: AttemptRecord): Promise<void> {
  const { id: deliveryId, accountId, attempts, firstAttemptAt } = delivery
  const number = attempts + 1
  await ctx.db.webhookAttempt.createMany({ data: [{ tenantId: ctx.tenantId, id: newId(), accountId, deliveryId, number, ...attempt }] })
  await ctx.db.webhookDelivery.updateMany({
    where: { tenantId: ctx.tenantId, id: deliveryId },
    data: {
      attempts: number,
      state,
      nextAttemptAt,
      firstAttemptAt: firstAttemptAt ?? attempt.at,
      finishedAt: state === 'waiting' ? null : ctx.now,
    },
  })
}

/** Starts a delivery afresh, with a window of its own; its new round, or undefined when there is no such one. */
export async function reopenWebhookDelivery(ctx: TenantContext, id: string): Promise<number | undefined> {
  const [row] = await ctx.db.$queryRaw<{ round: number }[]>`
    update webhook_deliveries set state = 'waiting', round = round + 1, first_attempt_at = null, next_attempt_at = null, finished_at = null
    where tenant_id = ${ctx.tenantId}::uuid and id = ${id}::uuid returning round`
  return row?.round
}

export type DeliveryRange = { readonly endpointId: string; readonly from: Date; readonly before: Date; readonly isFailedOnly: boolean }

/** The deliveries of an endpoint in a range, oldest first, at most 1,000. */
export async function webhookDeliveriesIn(
  ctx: TenantContext,
  { endpointId, from, before, isFailedOnly }: DeliveryRange,
): Promise<string[]> {
  const rows = await ctx.db.webhookDelivery.findMany({
    where: { tenantId: ctx.tenantId, endpointId, createdAt: { gte: from, lt: before }, ...(isFailedOnly ? { state: 'failed' } : {}) },
    select: { id: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: 1_000,
  })
  return rows.map(({ id }) => id)
}
