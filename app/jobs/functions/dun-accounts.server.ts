import { cron } from 'inngest'
import { systemActor } from '#app/domain/shared/actor.ts'
import { billingSellers } from '#app/services/billing/open-due-runs.server.ts'
import { chargeBeforeLetter } from '#app/services/dunning/charge-before-letter.server.ts'
import { dunAccount } from '#app/services/dunning/dun-account.server.ts'
import { openDunningDay } from '#app/services/dunning/open-dunning-day.server.ts'
import { resumeAccount } from '#app/services/dunning/resume-account.server.ts'
import { sendDunningLetter } from '#app/services/dunning/send-letter.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { gatewayPorts } from '#app/wiring.server.ts'
import { inngest } from '../client.server.ts'
import { dunningMailPorts, dunningWordsOf } from '../dunning-ports.server.ts'
import { on } from '../events.ts'

const actor = systemActor('dunning')

/** Every hour of each seller's own day: who is overdue takes the step whose day has come. */
export const openDunningDays = inngest.createFunction(
  { id: 'dunning.open-day', triggers: [cron('11 * * * *')], retries: 3 },
  async ({ step }) => {
    const tenantIds = await step.run('list-sellers', () => billingSellers())
    for (const tenantId of tenantIds) await step.run(`open-${tenantId}`, () => openDunningDay(processOf(tenantId, {}, actor)))
  },
)

/** Does what a day does about one account: tries the saved way to pay where the step says so, then takes the step. */
export const dunDueAccount = inngest.createFunction(
  { id: 'dunning.account', triggers: [on('dunning/due')], retries: 4, concurrency: { key: 'event.data.accountId', limit: 1 } },
  async ({ event: { data }, step }) => {
    const { tenantId, accountId } = data
    await step.run('charge', () => chargeBeforeLetter(processOf(tenantId, gatewayPorts(), actor), accountId))
    const process = processOf(tenantId, {}, actor)
    await step.run('take-step', () => process.inTenant((ctx) => dunAccount(ctx, { accountId, wordsIn: dunningWordsOf })))
  },
)

/** Mails one letter. The mail's key is its own: a step that runs again after a crash hands over the same mail. */
export const mailDunningLetter = inngest.createFunction(
  {
    id: 'dunning.mail',
    triggers: [on('dunning/letter.written')],
    retries: 8,
    idempotency: 'event.data.letterId',
    concurrency: { key: 'event.data.tenantId', limit: 3 },
  },
  async ({ event: { data }, step }) => {
    await step.run('send', () => sendDunningLetter(processOf(data.tenantId, dunningMailPorts(data.tenantId), actor), data.letterId))
  },
)

/** Lets an account go on as soon as nothing of it is overdue any more. */
export const resumePaidAccount = inngest.createFunction(
  {
    id: 'dunning.resume',
    triggers: [on('payment.allocated'), on('invoice/settled')],
    retries: 8,
    concurrency: { key: 'event.data.accountId', limit: 1 },
  },
  async ({ event: { data }, step }) => {
    await step.run('resume', () => processOf(data.tenantId, {}, actor).inTenant((ctx) => resumeAccount(ctx, data.accountId)))
  },
)
