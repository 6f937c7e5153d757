import { type DomainEvent, events } from '#app/domain/shared/events.ts'
import type { TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'

/** Lets `event` leave once the transaction has committed; never before, never without it. */
export async function enqueue(ctx: TenantContext, event: DomainEvent): Promise<void> {
  const data = events[event.name].parse(event.data)
  await ctx.db.outboxEvent.createMany({
    data: [{ tenantId: ctx.tenantId, id: newId(), name: event.name, data, key: event.key ?? null, createdAt: ctx.now }],
  })
}
