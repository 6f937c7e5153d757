import type { TenantContext } from '#app/db/context.server.ts'
import { findGatewayAccount, type GatewayAccountRow, listGatewayAccounts } from '#app/db/payments/gateway-accounts.server.ts'
import { primaryHost } from '#app/db/sellers/hosts.server.ts'
import type { GatewayAccountView } from './shape.ts'

/** The seller's accounts with payment gateways, without their secrets. */
export async function listGateways(ctx: TenantContext): Promise<GatewayAccountView[]> {
  return (await listGatewayAccounts(ctx)).map(viewOf)
}

/** One account; undefined when the seller has none of that id. */
export async function readGateway(ctx: TenantContext, id: string): Promise<GatewayAccountView | undefined> {
  const row = await findGatewayAccount(ctx, id)
  return row ? viewOf(row) : undefined
}

/** The host that gateways tell the seller things at; null while it has none. */
export function gatewayHost(ctx: TenantContext): Promise<string | null> {
  return primaryHost(ctx)
}

function viewOf({ id, gateway, name, mode, state, externalId, settings }: GatewayAccountRow): GatewayAccountView {
  const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])
  const webhookId = typeof settings.webhookId === 'string' ? settings.webhookId : ''
  return { id, gateway, name, mode, state, externalId, webhookId, currencies: texts(settings.currencies), methods: texts(settings.methods) }
}
