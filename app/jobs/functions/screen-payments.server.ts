import { systemActor } from '#app/domain/shared/actor.ts'
import { screenPayment } from '#app/services/fraud/screen-payment.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** Scores payments that gateways took, for staff to see. */
export const screenPayments = inngest.createFunction(
  { id: 'payments.screen', triggers: [on('payment-attempt/captured')], retries: 5, idempotency: 'event.data.attemptId' },
  async ({ event: { data }, step }) => {
    await step.run('screen', () =>
      processOf(data.tenantId, {}, systemActor('screening')).inTenant((ctx) => screenPayment(ctx, data.attemptId)),
    )
  },
)
