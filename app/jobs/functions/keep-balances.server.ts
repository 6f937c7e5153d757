import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { autoTopUpBy, pauseAutoTopUp, runAutoTopUps } from '#app/services/wallet/auto-top-up.server.ts'
import { creditCapturedTopUp } from '#app/services/wallet/credit-top-up.server.ts'
import { expireCredit } from '#app/services/wallet/expire-credit.server.ts'
import { gatewayPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { on } from '../events.ts'

/** Makes what a gateway captured for a balance the balance, once. */
export const creditCapturedTopUps = inngest.createFunction(
  { id: 'balances.top-up', triggers: [on('payment-attempt/captured')], retries: 10, concurrency: { key: 'event.data.tenantId', limit: 3 } },
  async ({ event: { data }, step }) => {
    if (data.purpose !== 'top-up') return
    const actor = systemActor('balances')
    await step.run('credit', () => processOf(data.tenantId, {}, actor).inTenant((ctx) => creditCapturedTopUp(ctx, data.attemptId)))
  },
)

/** An automatic top-up that was refused pauses the rule: a card is not tried again and again. */
export const pauseRefusedTopUps = inngest.createFunction(
  { id: 'balances.pause', triggers: [on('payment-attempt/failed')], retries: 5 },
  async ({ event: { data }, step }) => {
    if (data.purpose !== 'top-up') return
    const { tenantId, attemptId, code } = data
    await step.run('pause', () => processOf(tenantId, {}, autoTopUpBy).inTenant((ctx) => pauseAutoTopUp(ctx, { attemptId }, code)))
  },
)

/** Every ten minutes: charges for balances that run low. */
export const topUpLowBalances = inngest.createFunction(
  { id: 'balances.auto-top-up', triggers: [cron('*/10 * * * *')], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds)
      await step.run(`top-up-${tenantId}`, () => runAutoTopUps(processOf(tenantId, gatewayPorts(), autoTopUpBy)))
  },
)

/** Every hour, since days end with each seller's zone: credit whose last day passed leaves the balance. */
export const expirePassedCredit = inngest.createFunction(
  { id: 'balances.expire-credit', triggers: [cron('7 * * * *')], retries: 3, concurrency: { limit: 1 } },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) await step.run(`expire-${tenantId}`, () => expireCredit(tenantId))
  },
)
