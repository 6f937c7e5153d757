import { systemActor } from '#app/domain/shared/actor.ts'
import { countCollectedPayment } from '#app/services/settlement/count-collected-payment.server.ts'
import { countDocumentsOfPayment, countPaidDocument } from '#app/services/settlement/count-paid-document.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

const actor = systemActor('settlement')

/** A customer paid a document, by money or out of its balance, or it was taken back: the edge above counts it, one after the other for each document. */
export const countPaidDocuments = inngest.createFunction(
  {
    id: 'settlement.count-document',
    triggers: [on('payment.allocated'), on('payment.allocation-reversed'), on('invoice/settled'), on('invoice/reopened')],
    retries: 8,
    concurrency: { key: 'event.data.invoiceId', limit: 1 },
  },
  async ({ event: { data }, step }) => {
    await step.run('count', () => countPaidDocument({ tenantId: data.tenantId, invoiceId: data.invoiceId, actor }))
  },
)

/** Money came in or went back: what the parent took of it is counted there. */
export const countCollectedPayments = inngest.createFunction(
  {
    id: 'settlement.count-payment',
    triggers: [on('payment.received'), on('payment.refunded'), on('payment/put-back')],
    retries: 8,
    concurrency: { key: 'event.data.paymentId', limit: 1 },
  },
  async ({ event: { data }, step }) => {
    const input = { tenantId: data.tenantId, paymentId: data.paymentId, actor }
    await step.run('count', () => countCollectedPayment(input))
    await step.run('count-documents', () => countDocumentsOfPayment(input))
  },
)
