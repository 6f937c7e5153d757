import type { GatewayEvent } from '#app/domain/payment-attempt/gateway-facts.ts'
import type { TenantContext } from '../context.server.ts'
import { newId } from '../ids.server.ts'
import { openJson, sealField, sealJson } from '../sealing/sealed-fields.server.ts'

export type NewGatewayEvent = {
  readonly gatewayAccountId: string
  readonly event: Pick<GatewayEvent, 'id' | 'type' | 'about'>
  /** As it came. */
  readonly payload: string
}

/** Keeps what a gateway told; returns the row's id, or undefined when it is kept already. */
export async function keepGatewayEvent(
  ctx: TenantContext,
  { gatewayAccountId, event, payload }: NewGatewayEvent,
): Promise<string | undefined> {
  const id = newId()
  const about = sealJson(ctx, 'gateway_events.about', id, event.about)
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    insert into gateway_events (tenant_id, id, gateway_account_id, event_id, event_type, about, payload, state, received_at)
    values (${ctx.tenantId}::uuid, ${id}::uuid, ${gatewayAccountId}::uuid, ${event.id}, ${event.type}, ${about}::jsonb,
      ${sealField(ctx, 'gateway_events.payload', id, payload)}, 'stored', ${ctx.now})
    on conflict (tenant_id, gateway_account_id, event_id) do nothing returning id`
  return row?.id
}

export type GatewayEventRow = {
  readonly id: string
  readonly gatewayAccountId: string
  readonly state: 'stored' | 'applied' | 'ignored' | 'refused'
  readonly about: GatewayEvent['about']
}

/** One event; null when the tenant has none of that id. */
export async function findGatewayEvent(ctx: TenantContext, id: string): Promise<GatewayEventRow | null> {
  const row = await ctx.db.gatewayEvent.findUnique({
    where: { tenantId_id: { tenantId: ctx.tenantId, id } },
    select: { id: true, gatewayAccountId: true, state: true, about: true },
  })
  return row && ({ ...row, about: openJson(ctx, 'gateway_events.about', id, row.about) } as GatewayEventRow)
}

export type EventOutcome = {
  readonly state: 'applied' | 'ignored' | 'refused'
  readonly attemptId?: string | null
  readonly problem?: string | null
}

/** Notes what became of an event. */
export async function noteEventOutcome(
  ctx: TenantContext,
  id: string,
  { state, attemptId = null, problem = null }: EventOutcome,
): Promise<void> {
  await ctx.db.gatewayEvent.updateMany({ where: { tenantId: ctx.tenantId, id }, data: { state, attemptId, problem, appliedAt: ctx.now } })
}

/** Lets an event be taken in again; false when the tenant has none of that id. */
export async function reopenGatewayEvent(ctx: TenantContext, id: string): Promise<boolean> {
  const data = { state: 'stored', problem: null, appliedAt: null }
  return (await ctx.db.gatewayEvent.updateMany({ where: { tenantId: ctx.tenantId, id }, data })).count === 1
}
