import { systemActor } from '#app/domain/shared/actor.ts'
import { tellFailedPayment, tellHolds } from '#app/services/budgets/tell-events.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** Tells accounts of failed payments and of what holds them back, by the ways they chose. */
export const tellAccounts = inngest.createFunction(
  { id: 'notices.tell', triggers: [on('payment-attempt/failed'), on('account/holds.changed')], retries: 8 },
  async ({ event: { name, data }, step }) => {
    const { inTenant } = processOf(data.tenantId, {}, systemActor('notices'))
    if (name === 'payment-attempt/failed') await step.run('tell', () => inTenant((ctx) => tellFailedPayment(ctx, data.attemptId)))
    if (name === 'account/holds.changed') await step.run('tell', () => inTenant((ctx) => tellHolds(ctx, data.accountId)))
  },
)
