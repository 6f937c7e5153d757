import { cron } from 'inngest'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { forgetCarts } from '#app/services/orders/change-cart.server.ts'
import { endUnconfirmedOrders } from '#app/services/orders/confirm-orders.server.ts'
import { expireReservations as expireDue } from '#app/services/orders/expire-reservations.server.ts'
import { inngest } from '../client.server.ts'

/** Every five minutes: credit that orders held for too long is free again, orders end that nobody confirmed, and carts that nobody came back to. */
export const expireReservations = inngest.createFunction(
  { id: 'credit.expire-reservations', triggers: [cron('*/5 * * * *')], retries: 3, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      await step.run(`expire-${tenantId}`, () => expireDue(tenantId))
      await step.run(`end-unconfirmed-${tenantId}`, () => endUnconfirmedOrders(tenantId))
      await step.run(`forget-carts-${tenantId}`, () => forgetCarts(tenantId))
    }
  },
)
