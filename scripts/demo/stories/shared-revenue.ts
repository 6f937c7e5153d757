import { listPayouts } from '#app/db/settlement/payouts.server.ts'
import { PayoutRule } from '#app/domain/settlement/payout-rule.ts'
import { plainSettings, type SettlementSettings } from '#app/domain/settlement/settings.ts'
import { markPayoutPaid } from '#app/services/payouts/mark-payout-paid.server.ts'
import { approvePayoutRun, openPayoutRun, runPayouts } from '#app/services/payouts/run-payouts.server.ts'
import { proposeTerms } from '#app/services/settlement/propose-terms.server.ts'
import { recordTaken } from '#app/services/settlement/record-taken.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { demoId, tenantOf } from '#prisma/seed/accounts.ts'
import { openInvoices } from './received-payments.ts'
import { asStaff, type Deed, dateOf, dayOf, done, type Stage, staffActor } from './story.ts'

const jonas = 'jonas@meridian.example'
const anke = 'anke@meridian.example'

/**
 * For a month the provider took the card payments of a reseller's customers, for a share of them: the reseller's own gateway was not there
 * yet. What was left to it settled its invoice, and the rest was paid out with a document that the provider issued in its name.
 */
export function sharedRevenue(stage: Stage): Deed[] {
  const { month } = stage
  return [
    { at: dayOf(month, 1, 6), tell: () => agree(stage) },
    { at: dayOf(month, 8), tell: () => takeCards(stage) },
    { at: dayOf(month, 15), tell: () => payOut(stage) },
    { at: dayOf(month, 20), tell: () => notePaid(stage) },
  ]
}

const resellerOf = ({ sellers }: Stage) => sellers.get('ahorn')?.parentAccountId ?? ''

async function agree(stage: Stage): Promise<void> {
  const { month } = stage
  const plain = plainSettings({
    pricing: 'buy-price-book',
    chargeTrigger: 'on-usage',
    collectsPayments: 'child',
    issuer: 'child',
    isSelfBilled: false,
    currency: 'EUR',
    paymentDays: 30,
  })
  const shared: SettlementSettings = {
    ...plain,
    pricing: 'revenue-share',
    collectsPayments: 'parent',
    isSelfBilled: true,
    payoutRule: PayoutRule.parse({ kind: 'parent-percent-and-fixed', percent: '5', fixed: '0' }),
    holdDays: 5,
  }
  const steps = [
    { validFrom: dateOf(dayOf(month, 2)), settings: shared, reason: 'Karten über uns, bis der eigene Anschluss steht' },
    { validFrom: dateOf(month.end), settings: plain, reason: 'Der eigene Anschluss steht' },
  ]
  const accountId = resellerOf(stage)
  await asStaff(stage, jonas, async (ctx) => {
    for (const step of steps) done(await proposeTerms(ctx, { accountId, ...step }), step.reason)
  })
}

async function takeCards(stage: Stage): Promise<void> {
  const actor = await staffActor(stage, anke)
  for (const key of ['linde', 'huber', 'keller-at']) {
    const [invoice] = await openInvoices(tenantOf(stage.sellers, 'ahorn'), demoId('account', key))
    if (!invoice) continue
    const taken = { number: invoice.number, amount: invoice.open, method: 'card', formKey: demoId('taken', key) } as const
    const place = { tenantId: tenantOf(stage.sellers, 'meridian'), accountId: resellerOf(stage), receivedOn: dateOf(dayOf(stage.month, 8)) }
    done(await recordTaken({ ...place, ...taken, actor }), `what ${key} paid`)
  }
}

async function payOut(stage: Stage): Promise<void> {
  const runId = await asStaff(stage, anke, async (ctx) => {
    const { id } = done(await openPayoutRun(ctx, { through: payoutDay(stage) }), 'the payout run')
    done(await approvePayoutRun(ctx, { runId: id }), 'letting the payout run')
    return id
  })
  done(await runPayouts(processOf(tenantOf(stage.sellers, 'meridian'), {}, await staffActor(stage, anke)), { runId }), 'paying out')
}

async function notePaid(stage: Stage): Promise<void> {
  await asStaff(stage, anke, async (ctx) => {
    const [payout] = await listPayouts(ctx, { accountId: resellerOf(stage) })
    if (!payout || payout.payoutMinor === 0n || payout.paidOn) return
    const paid = { payoutId: payout.id, paidOn: dateOf(dayOf(stage.month, 20)), bankReference: `SEPA ${payoutDay(stage)} AHORN` }
    done(await markPayoutPaid(ctx, paid), 'the paid payout')
  })
}

const payoutDay = ({ month }: Stage) => dateOf(dayOf(month, 15))
