import { goOnWithOrders as goOn } from '#app/services/orders/confirm-orders.server.ts'
import { inTenant } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** Orders that waited for an address go on with its confirmation. */
export const goOnWithOrders = inngest.createFunction(
  { id: 'orders.go-on', triggers: [on('user/email-confirmed')], retries: 8 },
  async ({ event: { data }, step }) => {
    await step.run('go-on', () => inTenant(data.tenantId, (ctx) => goOn(ctx, data.userId)))
  },
)
