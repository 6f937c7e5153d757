import type { GatewayAccountRow } from '#app/db/payments/gateway-accounts.server.ts'
import { keepExchanges } from '#app/db/payments/gateway-exchanges.server.ts'
import { declineCodes } from '#app/domain/payment-attempt/gateway-facts.ts'
import type { DeclineCode, GatewayExchange, GatewayRefused, PaymentGateway, PaymentGateways } from '#app/ports/payment-gateway.ts'
import type { TenantProcess } from '../tenant-process.server.ts'

/** What paying at a gateway needs of the outside. */
export type GatewayPorts = {
  readonly gateways: PaymentGateways
  openSecrets(ciphertext: Uint8Array, gatewayAccountId: string): Readonly<Record<string, string>>
  /** The address of `path` in the store at `host`. */
  storeAddress(host: string, path: string): string
}

export type GatewayProcess = TenantProcess<GatewayPorts>

type Asked = { readonly account: GatewayAccountRow; readonly attemptId: string | null }

/** Opens a gateway account without speaking to anybody. `log` is told of every exchange. */
export function openGateway({ ports }: Pick<GatewayProcess, 'ports'>, account: GatewayAccountRow, log?: (said: GatewayExchange) => void) {
  const { secretCiphertext, ...facts } = account
  return ports.gateways.open({ ...facts, secrets: ports.openSecrets(secretCiphertext, account.id) }, (said) => log?.(said))
}

/**
 * Speaks to a gateway outside of any transaction. What was said and answered is kept in a transaction of its own, also when `work`
 * throws, so that it stays whatever becomes of the deed.
 */
export async function askGateway<T>(
  process: GatewayProcess,
  { account, attemptId }: Asked,
  work: (gateway: PaymentGateway) => Promise<T>,
): Promise<T> {
  const said: GatewayExchange[] = []
  try {
    return await work(openGateway(process, account, (exchange) => said.push(exchange)))
  } finally {
    await process.inTenant((ctx) => keepExchanges(ctx, { gatewayAccountId: account.id, attemptId }, said))
  }
}

/** What an attempt fails with when its gateway said no for good. */
export function failureOf({ code }: GatewayRefused): DeclineCode {
  return declineCodes.find((known) => known === code) ?? 'gateway-refused'
}
