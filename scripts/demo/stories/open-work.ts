import { readBooksState } from '#app/db/ledger/accounting-periods.server.ts'
import { findUserByEmail } from '#app/db/people/people.server.ts'
import { usualFraudSettings } from '#app/domain/fraud/settings.ts'
import { nextToClose } from '#app/domain/ledger/accounting-period.ts'
import { money } from '#app/domain/money/money.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { addBudget } from '#app/services/budgets/keep-budget.server.ts'
import { requestExport } from '#app/services/exports/request-export.server.ts'
import { saveFraudSettings } from '#app/services/fraud/keep-fraud-settings.server.ts'
import { addListEntry } from '#app/services/fraud/keep-lists.server.ts'
import { screenSignUp } from '#app/services/fraud/screen-sign-up.server.ts'
import { closePeriod } from '#app/services/ledger/close-period.server.ts'
import { releaseBegunMonths } from '#app/services/ledger/release-deferred.server.ts'
import { placeOrder } from '#app/services/orders/place-order.server.ts'
import { addMember } from '#app/services/people/add-member.server.ts'
import { openCustomerAccount } from '#app/services/people/open-customer-account.server.ts'
import { addEndpoint } from '#app/services/webhooks/keep-endpoint.server.ts'
import { inPanel, sealWebhookSecret } from '#app/wiring.server.ts'
import { demoId, tenantOf } from '#prisma/seed/accounts.ts'
import { askForIncrease } from './partner-near-limit.ts'
import { asStaff, dateOf, done, type Stage } from './story.ts'

const mara = 'mara@meridian.example'
const anke = 'anke@meridian.example'

/** What is on the desks today: closed books and their files, a budget that is nearly spent, an order that waits. Safe to repeat. */
export async function openWork(stage: Stage, now: Date): Promise<void> {
  await closeBooks(stage, anke)
  await closeBooks(stage, 'claire@lakeside.example')
  await releaseBegunMonths(tenantOf(stage.sellers, 'meridian'))
  await askForExports(stage)
  await setBudget(stage)
  await askForIncrease(stage, now)
  await orderToReview(stage)
  await signUpToReview(stage)
  await addWebhook(stage)
}

/** Closes the books of every month up to the one that was billed last. */
async function closeBooks(stage: Stage, email: string): Promise<void> {
  await asStaff(stage, email, async (ctx) => {
    for (;;) {
      const month = nextToClose(await readBooksState(ctx))
      if (!month || month > stage.month.name) return
      done(await closePeriod(ctx, { month }), `closing ${month}`)
    }
  })
}

async function askForExports(stage: Stage): Promise<void> {
  await asStaff(stage, anke, async (ctx) => {
    if ((await ctx.db.export.count({ where: { tenantId: ctx.tenantId } })) > 0) return
    const month = stage.month.name
    const focus = { kind: 'focus', format: 'csv', side: 'sell', accountId: null, currency: null, month } as const
    done(await requestExport(ctx, focus), 'cost data')
    const books = { kind: 'accounting', format: 'csv', side: null, accountId: null, currency: null, month } as const
    done(await requestExport(ctx, books), 'entries for the accountant')
  })
}

/** A year's budget of a customer, of which most is spent. */
async function setBudget({ sellers, month }: Stage): Promise<void> {
  const [tenantId, accountId] = [tenantOf(sellers, 'meridian'), demoId('account', 'falk')]
  await inPanel(tenantId, [accountId], async (ctx) => {
    if ((await ctx.db.budget.count({ where: { tenantId, accountId } })) > 0) return
    const span = { period: 'total', startsOn: dateOf(month.start), endsOn: null } as const
    const alerts = { thresholds: [50, 80, 100], tellsForecast: true, allowsOver: false, hardStop: 'none' } as const
    const budget = { accountId, parentId: null, name: 'Onlineshop', span, amount: money(9_500n, 'EUR'), ...alerts }
    done(await addBudget(ctx, budget), 'the budget')
  })
}

/** The first order of somebody whose domain is watched. */
async function orderToReview(stage: Stage): Promise<void> {
  const note = 'Drei Bestellungen mit derselben Adresse, nie bezahlt'
  await asStaff(stage, mara, async (ctx) => {
    const listed = await addListEntry(ctx, { list: 'watch', kind: 'domain', typed: 'altona.example', note })
    if (!listed.ok && listed.error !== 'already-listed') done(listed, 'the watch list')
    return listed.ok ? listed : undefined
  })
  const accountId = demoId('account', 'altona')
  const server = { planCode: 'web-2', optionCodes: [], locationCode: 'fra-1', imageCode: 'debian-12', name: 'altona-laden' }
  const who = { tenantId: tenantOf(stage.sellers, 'meridian'), accountIds: [accountId], accountId, actor: systemActor('demo') }
  done(await placeOrder({ ...who, ...server, idempotencyKey: demoId('order', 'altona') }), 'the order of Altona')
}

/** Somebody who signed up at Lakeside with a mail domain that is watched there, where the rules find sign-ups. */
async function signUpToReview(stage: Stage): Promise<void> {
  const email = 'kontakt@bergsturz.example'
  await asStaff(stage, 'reto@lakeside.example', async (ctx) => {
    if (await findUserByEmail(ctx, email)) return
    done(await saveFraudSettings(ctx, { ...usualFraudSettings, signUps: 'rules' }), 'the rules of Lakeside')
    const watched = { list: 'watch', kind: 'domain', typed: 'bergsturz.example', note: 'Deux comptes jamais payés' } as const
    done(await addListEntry(ctx, watched), 'the watch list of Lakeside')
    const person = { name: 'Reto Zgraggen', email, language: 'de' }
    const address = { country: 'CH', addressLines: ['Bahnhofstrasse 3', '6460 Altdorf'] }
    const company = { kind: 'business', companyName: 'Zgraggen Holzbau GmbH' } as const
    const { accountId } = done(await openCustomerAccount(ctx, { ...company, ...person, ...address }), 'the account of Zgraggen')
    done(await addMember(ctx, { ...person, accountId, profile: 'customer-owner' }), 'its owner')
    await screenSignUp(ctx, { accountId, origin: null })
  })
}

/** Where the provider's own bookkeeping listens, for what does not happen in the demo: nothing is sent to an address that is not there. */
async function addWebhook(stage: Stage): Promise<void> {
  await asStaff(stage, mara, async (ctx) => {
    if ((await ctx.db.webhookEndpoint.count({ where: { tenantId: ctx.tenantId } })) > 0) return
    const wish = { accountId: null, url: 'https://buchhaltung.meridian.example/livery', eventTypes: ['pro-forma.finalised'] } as const
    done(await addEndpoint(ctx, wish, sealWebhookSecret), 'the endpoint')
  })
}
