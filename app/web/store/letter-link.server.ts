import type { Money } from '#app/domain/money/money.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import type { Result } from '#app/domain/shared/result.ts'
import { settleAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { type StartCheckoutInput, startCheckout } from '#app/services/gateways/start-checkout.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { gatewayPorts } from '#app/wiring.server.ts'
import { hostOf } from '../request/host.ts'
import { tenantOf } from '../request/tenant-of.server.ts'

const actor = systemActor('payment link')

type Owed = {
  readonly accountId: string
  readonly total: Money
  readonly documents: readonly { readonly id: string; readonly open: Money }[]
}

/** Sends whoever holds the link of a letter to the gateway's page, to pay all that is overdue. Returns the page's address. */
export async function payByLink(
  request: Request,
  token: string,
  { accountId, total, documents }: Owed,
): Promise<Result<{ url: string }, string>> {
  const { tenantId } = await tenantOf(request)
  const host = hostOf(request.headers.get('host'))
  const wish: StartCheckoutInput = {
    accountId,
    purpose: 'invoices',
    targets: documents.map(({ id, open }) => ({ kind: 'invoice', id, amount: open })),
    amount: total,
    saves: false,
    returnPath: `/settle/${token}?attempt=:attemptId`,
    ...(host ? { host } : {}),
    actor,
  }
  return startCheckout(processOf(tenantId, gatewayPorts(), actor), wish)
}

/** Takes in where an attempt stands when its payer comes back; whatever becomes of that, the page shows what is still open. */
export async function comeBackByLink(request: Request, attemptId: string): Promise<void> {
  const { tenantId } = await tenantOf(request)
  await settleAttempt(processOf(tenantId, gatewayPorts(), actor), attemptId)
}
