import type { TenantContext } from '#app/db/context.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { type GatewayAccountRow, listGatewayAccounts } from '#app/db/payments/gateway-accounts.server.ts'
import { keepGatewayEvent } from '#app/db/payments/gateway-events.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import type { GatewayEvent, GatewayName, RawWebhook, WebhookProblem } from '#app/ports/payment-gateway.ts'
import { askGateway, type GatewayProcess } from './gateway-ports.server.ts'

export type ReceiveEventInput = { readonly gateway: GatewayName; readonly webhook: RawWebhook }

/**
 * Takes a webhook in: proves it with the seller's own accounts, keeps it once and lets a job do the rest. What is forged, old or of
 * another account leaves nothing. A repeat changes nothing.
 */
export async function receiveEvent(
  process: GatewayProcess,
  { gateway, webhook }: ReceiveEventInput,
): Promise<Result<void, WebhookProblem>> {
  const accounts = await process.inTenant((ctx) => listGatewayAccounts(ctx, { gateway }))
  let problem: WebhookProblem = 'bad-signature'
  for (const account of accounts) {
    const proved = await askGateway(process, { account, attemptId: null }, (opened) => opened.verifyWebhook(webhook))
    if (proved.ok && proved.value.accountRef === account.externalId) {
      await process.inTenant((ctx) => keep(ctx, { account, event: proved.value, payload: webhook.body }))
      return ok(undefined)
    }
    problem = proved.ok ? 'other-account' : proved.error
  }
  return err(problem)
}

type Proved = { readonly account: GatewayAccountRow; readonly event: GatewayEvent; readonly payload: string }

async function keep(ctx: TenantContext, { account, event, payload }: Proved): Promise<void> {
  const gatewayEventId = await keepGatewayEvent(ctx, { gatewayAccountId: account.id, event, payload })
  if (!gatewayEventId) return
  const data = { tenantId: ctx.tenantId, gatewayEventId }
  await enqueue(ctx, { name: 'gateway/event.stored', data, key: `gateway-event:${gatewayEventId}` })
}
