import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { readGrant, returnFromGrant, type TakenBack, takenOfGrant } from '#app/db/credit/credit-grants.server.ts'
import { newId } from '#app/db/ids.server.ts'
import { enqueue } from '#app/db/outbox.server.ts'
import { addAllocated } from '#app/db/payments/payments.server.ts'
import { noteReturned, type TopUp, topUpOfPayment } from '#app/db/payments/top-ups.server.ts'
import { reversalOf } from '#app/domain/ledger/postings.ts'
import { postingsOfTopUp } from '#app/domain/ledger/rules.ts'
import { type Money, subtract, zero } from '#app/domain/money/money.ts'
import { lesser } from '#app/domain/payment/payment.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { postEntry } from '../ledger/post-entry.server.ts'

export type TakeBackTopUpInput = {
  readonly paymentId: string
  readonly amount: Money
  readonly reason: string
  /** Also what was spent: what it settled stays settled, and the balance is below nothing by as much. */
  readonly takesSpent: boolean
}

/**
 * Takes balance back to the payment it came from, where it is unapplied again: what is left of it, and what was spent when that is asked for.
 * The wallet and the payment are held. Returns how much came back.
 */
export async function takeBackTopUp(ctx: TenantContext, input: TakeBackTopUpInput): Promise<Money> {
  const none = zero(input.amount.currency)
  const topUp = await topUpOfPayment(ctx, input.paymentId)
  const grant = topUp && (await readGrant(ctx, topUp.grantId))
  if (!topUp || !grant) return none
  const wanted = lesser(input.amount, subtract(topUp.amount, topUp.returned))
  const left = grant.remaining.minor > 0n ? lesser(wanted, grant.remaining) : none
  const spent = input.takesSpent ? subtract(wanted, left) : none
  const taken = { leftMinor: left.minor, spentMinor: spent.minor }
  if (left.minor + spent.minor <= 0n) return none
  await move(ctx, topUp, taken)
  await note(ctx, { topUp, taken, action: 'balance.taken-back', reason: input.reason })
  return { ...none, minor: left.minor + spent.minor }
}

/**
 * Puts money that is unapplied again back into the balance it was taken from, up to `amount`: what was spent of it is made up for first. The
 * wallet and the payment are held. Nothing for a payment that was no top-up.
 */
export async function restoreTopUp(
  ctx: TenantContext,
  { paymentId, amount, reason }: Pick<TakeBackTopUpInput, 'paymentId' | 'amount' | 'reason'>,
): Promise<void> {
  const topUp = await topUpOfPayment(ctx, paymentId)
  if (!topUp) return
  const { minor } = lesser(amount, topUp.returned)
  if (minor <= 0n) return
  const taken = await takenOfGrant(ctx, topUp.grantId)
  const spentMinor = taken < minor ? taken : minor
  const back = { leftMinor: -(minor - spentMinor), spentMinor: -spentMinor }
  await move(ctx, topUp, back)
  await note(ctx, { topUp, taken: back, action: 'balance.restored', reason })
}

async function move(ctx: TenantContext, { id, accountId, paymentId, grantId, amount }: TopUp, taken: TakenBack): Promise<void> {
  const minor = taken.leftMinor + taken.spentMinor
  const isReturned = (await returnFromGrant(ctx, grantId, taken)) && (await noteReturned(ctx, id, minor))
  const isFree = isReturned && (await addAllocated(ctx, paymentId, -minor))
  invariant(isFree, `top-up ${id} has less than ${minor} to bring back`)
  const isBack = minor > 0n
  const postings = postingsOfTopUp({ accountId, amount: { ...amount, minor: isBack ? minor : -minor } })
  await postEntry(ctx, {
    sourceKey: `top-up-return:${newId()}`,
    kind: 'top-up',
    accountId,
    invoiceId: null,
    postings: isBack ? reversalOf(postings) : postings,
  })
  await enqueue(ctx, { name: 'credit/changed', data: { tenantId: ctx.tenantId, accountId } })
}

type Noted = { readonly topUp: TopUp; readonly taken: TakenBack; readonly action: string; readonly reason: string }

async function note(ctx: TenantContext, { topUp: { id, paymentId, amount }, taken, action, reason }: Noted): Promise<void> {
  const sums = { amountMinor: (taken.leftMinor + taken.spentMinor).toString(), spentMinor: taken.spentMinor.toString() }
  await audit(ctx, {
    action,
    subjectKind: 'payment',
    subjectId: paymentId,
    detail: { topUpId: id, ...sums, currency: amount.currency, reason },
  })
}
