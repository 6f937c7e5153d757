import type { TenantContext } from '#app/db/context.server.ts'
import { listGatewayAccounts } from '#app/db/payments/gateway-accounts.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { GatewayName } from '#app/ports/payment-gateway.ts'
import { type GatewayProcess, openGateway } from './gateway-ports.server.ts'

/** A gateway of the seller as payers choose it. */
export type OfferedGateway = {
  readonly id: string
  readonly gateway: GatewayName
  readonly isTest: boolean
  readonly savesMethods: boolean
}

/** The gateways by which `amount` can be paid exactly; every one in use without an amount. */
export async function offeredGateways(process: GatewayProcess, amount: Money | null): Promise<OfferedGateway[]> {
  const accounts = await process.inTenant((ctx) => listGatewayAccounts(ctx, { state: 'active' }))
  return accounts.flatMap((account) => {
    const gateway = openGateway(process, account)
    if (amount && !gateway.toGatewayAmount(amount).ok) return []
    const { savesMethods } = gateway.abilities
    return [{ id: account.id, gateway: account.gateway, isTest: account.mode === 'test', savesMethods }]
  })
}

/** Whether the seller has a gateway in use at all. */
export async function offersGateways(ctx: TenantContext): Promise<boolean> {
  return (await listGatewayAccounts(ctx, { state: 'active' })).length > 0
}
