import { clock } from '#app/config/clock.server.ts'
import { gatewayNames } from '#app/domain/payment-attempt/gateway-facts.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import type { GatewayProcess } from '#app/services/gateways/gateway-ports.server.ts'
import type { ReceiveEventInput } from '#app/services/gateways/receive-event.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { gatewayPorts } from '#app/wiring.server.ts'
import { bodyWithin } from './body-within.server.ts'
import { orNotFound } from './refuse.server.ts'
import { tenantOf } from './tenant-of.server.ts'

/** Messages of gateways are far smaller. */
const largestMessage = 1_000_000

/**
 * Runs `work` with a message of a payment gateway to the seller of the host, its body as it came: whether it is the gateway's is for
 * `work` to prove. @throws 404 for a gateway there is no adapter for, 413 for a message of unlikely size.
 */
export async function asGateway<T>(
  request: Request,
  name: string | undefined,
  work: (process: GatewayProcess, message: ReceiveEventInput) => Promise<T>,
): Promise<T> {
  const gateway = orNotFound(gatewayNames.find((known) => known === name))
  const { tenantId } = await tenantOf(request)
  const body = (await bodyWithin(request, largestMessage)).toString('utf8')
  const webhook = { headers: Object.fromEntries(request.headers), body, receivedAt: clock.now() }
  return work(processOf(tenantId, gatewayPorts(), systemActor(`gateway ${gateway}`)), { gateway, webhook })
}
