import { insertGatewayAccount } from '#app/db/payments/gateway-accounts.server.ts'
import { inTenant, sealGatewaySecrets } from '#app/wiring.server.ts'
import { demoId } from './accounts.ts'
import type { SeededSeller, Slug } from './sellers.ts'

/** Every seller takes test payments: its sandbox account moves no money. Safe to repeat. */
export async function seedGateways(sellers: ReadonlyMap<Slug, SeededSeller>): Promise<void> {
  for (const [slug, { tenantId }] of sellers) {
    const id = demoId('gateway', slug)
    const webhookSecret = `whsec_${Buffer.from(demoId('gateway secret', slug)).toString('base64')}`
    const secret = sealGatewaySecrets({ webhookSecret }, id)
    const facts = { id, gateway: 'sandbox', name: 'Test payments', mode: 'test', externalId: `sbx_${slug}`, settings: {} } as const
    await inTenant(tenantId, (ctx) => insertGatewayAccount(ctx, { ...facts, secret }))
  }
}
