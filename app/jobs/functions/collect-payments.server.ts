import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { applyOrderPayment } from '#app/services/gateways/apply-order-payment.server.ts'
import { collectDueInvoices, tellExpiringMethods } from '#app/services/gateways/collect-due-invoices.server.ts'
import { tellFailedAttempt, tellMethodChange } from '#app/services/gateways/tell-payer.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { gatewayPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'
import { tellingPorts } from '../payer-mails.server.ts'

const actor = systemActor('automatic payment')

/** Every hour of each seller's own day: collects what is due of accounts that pay by themselves, and tells of cards that end. */
export const collectPayments = inngest.createFunction(
  { id: 'payments.collect-due', triggers: [cron('10 * * * *')], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) {
      const process = processOf(tenantId, { ...gatewayPorts(), ...tellingPorts() }, actor)
      await step.run(`collect-${tenantId}`, () => collectDueInvoices(process))
      await step.run(`tell-${tenantId}`, () => tellExpiringMethods(process))
    }
  },
)

/** Tells a payer at once that a payment failed, why, and where to pay. */
export const tellFailedPayment = inngest.createFunction(
  { id: 'payments.tell-failed', triggers: [on('payment-attempt/failed')], retries: 8, idempotency: 'event.data.attemptId' },
  async ({ event: { data }, step }) => {
    await step.run('tell', () => tellFailedAttempt(processOf(data.tenantId, tellingPorts(), actor), data.attemptId))
  },
)

/** Tells a payer that its bank replaced a saved card, or that a way to pay is gone. */
export const tellChangedMethod = inngest.createFunction(
  { id: 'payments.tell-method', triggers: [on('payment-method/changed')], retries: 8 },
  async ({ event: { data }, step }) => {
    await step.run('tell', () => tellMethodChange(processOf(data.tenantId, tellingPorts(), actor), data))
  },
)

/** Settles a new document by what was paid ahead for its orders. */
export const applyPaymentsOfOrders = inngest.createFunction(
  {
    id: 'payments.apply-order-payments',
    triggers: [on('invoice/finalised')],
    retries: 8,
    concurrency: { key: 'event.data.tenantId', limit: 3 },
  },
  async ({ event: { data }, step }) => {
    await step.run('apply', () => processOf(data.tenantId, {}, actor).inTenant((ctx) => applyOrderPayment(ctx, data)))
  },
)
