import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { type DeliveryRange, reopenWebhookDelivery, webhookDeliveriesIn } from '#app/db/sellers/webhook-deliveries.server.ts'
import { findEndpoint } from '#app/db/sellers/webhook-endpoints.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** Sends one delivery again: the same message id and body, a new window of attempts. What still waited of it stops. */
export async function sendWebhookAgain(
  ctx: TenantContext,
  { deliveryId }: { readonly deliveryId: string },
): Promise<Result<void, 'delivery-not-found'>> {
  const round = await reopenWebhookDelivery(ctx, deliveryId)
  if (round === undefined) return err('delivery-not-found')
  await enqueue(ctx, { name: 'webhook/opened', data: { tenantId: ctx.tenantId, deliveryId, round } })
  await audit(ctx, { action: 'webhook.sent-again', subjectKind: 'webhook-delivery', subjectId: deliveryId })
  return ok(undefined)
}

/** Sends again what an endpoint was due in a range, at most 1,000 deliveries at once; how many. */
export async function sendWebhooksAgain(
  ctx: TenantContext,
  range: DeliveryRange,
): Promise<Result<{ count: number }, 'endpoint-not-found'>> {
  if (!(await findEndpoint(ctx, range.endpointId))) return err('endpoint-not-found')
  const ids = await webhookDeliveriesIn(ctx, range)
  for (const deliveryId of ids) await sendWebhookAgain(ctx, { deliveryId })
  return ok({ count: ids.length })
}
