import { systemActor } from '#app/domain/shared/actor.ts'
import { tellFailedPayment, tellHolds } from '#app/services/budgets/tell-events.server.ts'
import { tellServerReady } from '#app/services/orders/tell-server-ready.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** Tells accounts of failed payments, of what holds them back and of servers that are ready, by the ways they chose. */
export const tellAccounts = inngest.createFunction(
  { id: 'notices.tell', triggers: [on('payment-attempt/failed'), on('account/holds.changed'), on('order/completed')], retries: 8 },
  async ({ event: { name, data }, step }) => {
    const { inTenant } = processOf(data.tenantId, {}, systemActor('notices'))
    if (name === 'payment-attempt/failed') await step.run('tell', () => inTenant((ctx) => tellFailedPayment(ctx, data.attemptId)))
    if (name === 'order/completed') await step.run('tell', () => inTenant((ctx) => tellServerReady(ctx, data.orderId)))
    if (name === 'account/holds.changed') await step.run('tell', () => inTenant((ctx) => tellHolds(ctx, data.accountId)))
  },
)
