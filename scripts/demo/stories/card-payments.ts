import { money } from '#app/domain/money/money.ts'
import { systemActor } from '#app/domain/shared/actor.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { disputeOfEvent } from '#app/services/disputes/dispute-of-event.server.ts'
import { saveEvidence, sendEvidence } from '#app/services/disputes/evidence.server.ts'
import { readGatewayPayouts } from '#app/services/gateway-payouts/read-gateway-payouts.server.ts'
import { findSandboxAccount } from '#app/services/gateways/find-sandbox-account.server.ts'
import type { GatewayProcess } from '#app/services/gateways/gateway-ports.server.ts'
import { settleAttempt } from '#app/services/gateways/settle-attempt.server.ts'
import { type StartCheckoutInput, startCheckout } from '#app/services/gateways/start-checkout.server.ts'
import { requestRefund } from '#app/services/refunds/request-refund.server.ts'
import { processOf } from '#app/services/tenant-process.server.ts'
import { fileStore, gatewayPorts, type PageDeed, sandboxDeskOf } from '#app/wiring.server.ts'
import { demoId, tenantOf } from '#prisma/seed/accounts.ts'
import type { Slug } from '#prisma/seed/sellers.ts'
import { openInvoices } from './received-payments.ts'
import { asStaff, type Deed, dayOf, daysBefore, done, type Stage } from './story.ts'

const actor = systemActor('demo')
const goodCard = { deed: 'pay', card: 'approve', code: 'declined', later: 'approve', expires: 'in-three-years' } as const
const cardPayers = ['falk', 'weser', 'jade'] as const

/**
 * Cards at the provider: three paid by one. Of the first a part was given back, the second is disputed and waits for evidence, the third was
 * disputed and won.
 */
export function cardPayments(stage: Stage, now: Date): Deed[] {
  const { month } = stage
  return [
    { at: dayOf(month, 8), tell: () => payByCards(stage) },
    { at: dayOf(month, 15), tell: () => refundPart(stage) },
    { at: dayOf(month, 15), tell: () => answerDispute(stage, 'jade') },
    { at: dayOf(month, 20), tell: () => moveDispute(stage, 'jade', 'win') },
    { at: daysBefore(now, 1), tell: () => moveDispute(stage, 'weser', 'dispute') },
    { at: daysBefore(now, 1), tell: async () => void (await readGatewayPayouts(gatewayOf(stage, 'meridian'))) },
  ]
}

/** What a seller's payments need of the outside. */
export function gatewayOf({ sellers }: Stage, seller: Slug): GatewayProcess {
  return processOf(tenantOf(sellers, seller), gatewayPorts(), actor)
}

type Payment = Pick<StartCheckoutInput, 'accountId' | 'purpose' | 'targets' | 'amount' | 'saves'>

/** Somebody pays on the page of the sandbox with a card that is good. */
export async function payByCard(process: GatewayProcess, payment: Payment): Promise<void> {
  const page = done(await startCheckout(process, { ...payment, returnPath: '/panel/pay/:attemptId', actor }), 'a page to pay')
  await actOn(process, page.url.split('/').at(-1) ?? '', goodCard)
  await settleAttempt(process, page.attemptId)
}

async function actOn(process: GatewayProcess, ref: string, deed: PageDeed): Promise<void> {
  const account = await process.inTenant(findSandboxAccount)
  invariant(account, 'the demo has no sandbox account')
  await sandboxDeskOf(account).act(ref, deed)
}

async function payByCards(stage: Stage): Promise<void> {
  const process = gatewayOf(stage, 'meridian')
  for (const key of cardPayers) {
    const accountId = demoId('account', key)
    const [invoice] = await openInvoices(process.tenantId, accountId)
    if (!invoice) continue
    const targets = [{ kind: 'invoice', id: invoice.id, amount: invoice.open }] as const
    await payByCard(process, { accountId, purpose: 'invoices', targets, amount: invoice.open, saves: key === 'falk' })
  }
}

/** The first card payment of a customer. */
async function cardPaymentOf({ tenantId, inTenant }: GatewayProcess, key: string) {
  const attempt = await inTenant(({ db }) =>
    db.paymentAttempt.findFirst({ where: { tenantId, accountId: demoId('account', key), state: 'captured' }, orderBy: { id: 'asc' } }),
  )
  invariant(attempt?.paymentId && attempt.paymentRef, `${key} paid by no card`)
  return { paymentId: attempt.paymentId, ref: attempt.paymentRef, gatewayAccountId: attempt.gatewayAccountId }
}

/** A day of the month on which the shop could not be reached is credited, and its money goes back to the card. */
async function refundPart(stage: Stage): Promise<void> {
  const process = gatewayOf(stage, 'meridian')
  const { paymentId } = await cardPaymentOf(process, 'falk')
  await asStaff(stage, 'anke@meridian.example', async (ctx) => {
    const allocation = await ctx.db.paymentAllocation.findFirst({ where: { tenantId: ctx.tenantId, paymentId } })
    const wish = { paymentId, invoiceId: allocation?.invoiceId ?? null, reason: 'Der Shop war am 10. nicht erreichbar' }
    done(await requestRefund(ctx, { refundId: demoId('refund', 'falk'), amount: money(952n, 'EUR'), ...wish }), 'the refund')
  })
}

/** What happens to a card payment at the bank, taken in as if the gateway had told. */
async function moveDispute(stage: Stage, key: string, deed: 'dispute' | 'win'): Promise<void> {
  const process = gatewayOf(stage, 'meridian')
  const { ref, gatewayAccountId } = await cardPaymentOf(process, key)
  await actOn(process, ref, { deed })
  await disputeOfEvent(process, { gatewayAccountId, about: { kind: 'dispute', ref: ref.replace('sbx_pay_', 'sbx_dis_'), paymentRef: ref } })
}

async function answerDispute(stage: Stage, key: string): Promise<void> {
  await moveDispute(stage, key, 'dispute')
  const process = gatewayOf(stage, 'meridian')
  const { tenantId } = process
  const where = { tenantId, accountId: demoId('account', key), state: 'needs-response' }
  const dispute = await process.inTenant(({ db }) => db.dispute.findFirst({ where }))
  if (!dispute) return
  const answering = processOf(tenantId, { ...process.ports, files: fileStore() }, actor)
  const text = 'Der Server lief den ganzen Monat. Auftrag, Anmeldungen und Zugriffe liegen vor.'
  done(await saveEvidence(answering, { disputeId: dispute.id, text, file: null }), 'the evidence')
  done(await sendEvidence(answering, dispute.id), 'sending the evidence')
}
