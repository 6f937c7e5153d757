import { inTenant } from '#app/db/context.server.ts'
import { Uuid } from '#app/domain/shared/ids.ts'
import { sendWebhookAgain } from '#app/services/webhooks/send-webhook-again.server.ts'
import { command, commandLine, refused, wrongUse } from './command.ts'
import { tenantNamed } from './options.ts'

type Options = { tenant: string }

/** `livery webhook replay <id>`: sends a delivery again, by its id or the `webhook-id` that the receiver saw. */
export const webhookReplay = command<Options>('replay', 'send a webhook delivery again', async (options, typed = '') => {
  const deliveryId = idIn(typed)
  const tenant = await tenantNamed(options.tenant)
  const sent = await inTenant(tenant.tenantId, (ctx) => sendWebhookAgain(ctx, { deliveryId }), { actor: commandLine })
  return sent.ok ? { lines: [`${deliveryId} is on its way again`], json: { ok: true, deliveryId } } : refused(sent.error)
})
  .argument('<id>', 'the delivery, or the webhook-id header of its request')
  .requiredOption('--tenant <slug>', 'the store')

function idIn(typed: string): string {
  const [, ...parts] = /^msg_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(typed) ?? []
  const id = parts.length > 0 ? parts.join('-') : typed
  return Uuid.safeParse(id).success ? id : wrongUse('the id is neither a delivery nor a webhook-id')
}
