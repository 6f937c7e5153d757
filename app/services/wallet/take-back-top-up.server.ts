import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readGrant, returnFromGrant } from '#app/db/credit-grants.server.ts'
import { usesOfGrant } from '#app/db/grant-uses.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { lockInvoiceState } from '#app/db/invoice-states.server.ts'
import { addAllocated } from '#app/db/payments.server.ts'
import { noteReturned, type TopUp, topUpOfPayment } from '#app/db/top-ups.server.ts'
import { reversalOf } from '#app/domain/ledger/postings.ts'
import { postingsOfTopUp } from '#app/domain/ledger/rules.ts'
import { type Money, subtract, zero } from '#app/domain/money/money.ts'
import { lesser } from '#app/domain/payment/payment.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { postEntry } from '../ledger/post-entry.server.ts'
import { giveBalanceBack } from './give-balance-back.server.ts'

export type TakeBackTopUpInput = {
  readonly paymentId: string
  readonly amount: Money
  readonly reason: string
  /** Also what was spent: the documents it settled are open again, the newest first. */
  readonly takesSpent: boolean
}

/**
 * Takes balance back to the payment it came from, where it is unapplied again: what is left of it, and what was spent when that is asked for.
 * The wallet and the payment are held. Returns how much came back.
 */
export async function takeBackTopUp(ctx: TenantContext, input: TakeBackTopUpInput): Promise<Money> {
  const none = zero(input.amount.currency)
  const topUp = await topUpOfPayment(ctx, input.paymentId)
  if (!topUp) return none
  const wanted = lesser(input.amount, subtract(topUp.amount, topUp.returned))
  if (input.takesSpent) await freeSpent(ctx, { topUp, wanted, reason: input.reason })
  const left = (await readGrant(ctx, topUp.grantId))?.remaining ?? none
  const amount = lesser(wanted, left)
  return amount.minor > 0n ? bringBack(ctx, { topUp, amount, reason: input.reason }) : none
}

/** Opens documents that the grant settled until as much as is wanted is left of it. */
async function freeSpent(ctx: TenantContext, { topUp, wanted, reason }: { topUp: TopUp; wanted: Money; reason: string }): Promise<void> {
  const grant = await readGrant(ctx, topUp.grantId)
  let missing = grant ? subtract(wanted, grant.remaining) : wanted
  for (const use of await usesOfGrant(ctx, topUp.grantId)) {
    if (missing.minor <= 0n) return
    const state = await lockInvoiceState(ctx, use.invoiceId)
    invariant(state, `use ${use.id} settles no document`)
    const freed = await giveBalanceBack(ctx, { state, atMost: lesser(missing, use.amount), grantId: topUp.grantId, reason })
    missing = subtract(missing, freed)
  }
}

async function bringBack(ctx: TenantContext, { topUp, amount, reason }: { topUp: TopUp; amount: Money; reason: string }): Promise<Money> {
  const { id, accountId, paymentId, grantId } = topUp
  const isReturned = (await returnFromGrant(ctx, grantId, amount.minor)) && (await noteReturned(ctx, id, amount.minor))
  const isFree = isReturned && (await addAllocated(ctx, paymentId, -amount.minor))
  invariant(isFree, `top-up ${id} has less than ${amount.minor} to bring back`)
  await postEntry(ctx, {
    sourceKey: `top-up-return:${newId()}`,
    kind: 'top-up',
    accountId,
    invoiceId: null,
    postings: reversalOf(postingsOfTopUp({ accountId, amount })),
  })
  await audit(ctx, {
    action: 'balance.taken-back',
    subjectKind: 'payment',
    subjectId: paymentId,
    detail: { topUpId: id, amountMinor: amount.minor.toString(), currency: amount.currency, reason },
  })
  return amount
}
