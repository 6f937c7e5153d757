import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { reopenGatewayEvent } from '#app/db/payments/gateway-events.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** Lets what a gateway told be taken in once more, by what the gateway says when it is asked now. Safe to repeat. */
export async function applyAgain(
  ctx: TenantContext,
  { gatewayEventId }: { readonly gatewayEventId: string },
): Promise<Result<void, 'event-not-found'>> {
  if (!(await reopenGatewayEvent(ctx, gatewayEventId))) return err('event-not-found')
  await audit(ctx, { action: 'gateway-event.reopened', subjectKind: 'gateway-event', subjectId: gatewayEventId })
  await enqueue(ctx, { name: 'gateway/event.stored', data: { tenantId: ctx.tenantId, gatewayEventId } })
  return ok(undefined)
}
