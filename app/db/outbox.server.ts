import { type DomainEvent, events } from '#app/domain/shared/events.ts'
import type { TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'

/** Lets events leave once the transaction has committed; never before, never without it. */
export async function enqueue(ctx: TenantContext, ...leaving: readonly DomainEvent[]): Promise<void> {
  const common = { tenantId: ctx.tenantId, createdAt: ctx.now }
  await ctx.db.outboxEvent.createMany({
    data: leaving.map((event) => ({
      ...common,
      id: newId(),
      name: event.name,
      data: events[event.name].parse(event.data),
      key: event.key ?? null,
    })),
  })
}
