import { type DomainEvent, events } from '#app/domain/shared/events.ts'
import type { TenantContext } from './context.server.ts'
import { newId } from './ids.server.ts'
import { sqlArray } from './sql-array.server.ts'

/** Lets events leave once the transaction has committed; never before, never without it. */
export async function enqueue(ctx: TenantContext, ...leaving: readonly DomainEvent[]): Promise<void> {
  const text = (pick: (event: DomainEvent) => string | null) => sqlArray(leaving, pick)
  await ctx.db.$executeRaw`
    insert into outbox (tenant_id, created_at, id, name, data, key)
    select ${ctx.tenantId}::uuid, ${ctx.now}, e.*
    from unnest(${text(() => newId())}::uuid[], ${text((event) => event.name)}::text[],
      ${text((event) => JSON.stringify(events[event.name].parse(event.data)))}::jsonb[], ${text((event) => event.key ?? null)}::text[]) as e`
}
