import { money } from '#app/domain/money/money.ts'
import { addDays } from '#app/domain/time/local-date.ts'
import { saveAutoTopUp } from '#app/services/wallet/auto-top-up.server.ts'
import { giveCredit } from '#app/services/wallet/give-credit.server.ts'
import { openWallet } from '#app/services/wallet/open-wallet.server.ts'
import { setPaymentMode } from '#app/services/wallet/payment-mode.server.ts'
import { demoId } from '#prisma/seed/accounts.ts'
import { gatewayOf, payByCard } from './card-payments.ts'
import { asStaff, type Deed, dateOf, dayOf, done, type Stage } from './story.ts'

const accountId = demoId('account', 'ruegen')
const eur = (minor: bigint) => money(minor, 'EUR')
const anke = 'anke@meridian.example'

/** Who pays in advance: twice by card, with credit for a failure that ends, and a rule that fills the balance by itself. */
export function prepaidCustomer(stage: Stage): Deed[] {
  return [
    { at: dayOf(stage.earlier, 25), tell: () => beginToPayAhead(stage) },
    { at: dayOf(stage.month, 20), tell: () => payAhead(stage, 2, 2_500n) },
  ]
}

async function beginToPayAhead(stage: Stage): Promise<void> {
  await asStaff(stage, anke, async (ctx) => {
    const { id } = await ctx.db.contract.findFirstOrThrow({ where: { tenantId: ctx.tenantId, accountId }, select: { id: true } })
    done(await setPaymentMode(ctx, { contractId: id, mode: 'prepaid', trialEndsOn: null }), 'paying ahead')
  })
  await payAhead(stage, 1, 3_000n)
  const expiresOn = addDays(dateOf(stage.month.end), 60)
  const facts = { accountId, kind: 'staff', reason: 'Ausfall am 3.', scope: 'all', expiresOn } as const
  await asStaff(stage, anke, async (ctx) => {
    done(await giveCredit(ctx, { ...facts, amount: eur(500n), formKey: demoId('grant', 'ruegen') }), 'credit for a failure')
  })
  await asStaff(stage, anke, async (ctx) => {
    const rule = { threshold: eur(1_000n), amount: eur(2_500n), monthlyCap: eur(10_000n) }
    done(await saveAutoTopUp(ctx, { accountId, isOn: true, ...rule }), 'filling the balance by itself')
  })
}

/** Its payment of that place, counted from 1. */
async function payAhead(stage: Stage, place: number, minor: bigint): Promise<void> {
  const process = gatewayOf(stage, 'meridian')
  const where = { tenantId: process.tenantId, accountId, purpose: 'top-up', state: 'captured' }
  if ((await process.inTenant(({ db }) => db.paymentAttempt.count({ where }))) >= place) return
  const { walletId } = done(await process.inTenant((ctx) => openWallet(ctx, { accountId, currency: 'EUR' })), 'a balance')
  const targets = [{ kind: 'wallet', id: walletId, amount: eur(minor) }] as const
  await payByCard(process, { accountId, purpose: 'top-up', targets, amount: eur(minor), saves: true })
}
