import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { insertGrant } from '#app/db/credit/credit-grants.server.ts'
import { readAttempt } from '#app/db/payments/payment-attempts.server.ts'
import { convertTrial } from '#app/db/payments/payment-modes.server.ts'
import { addAllocated, lockPayment, paymentAccount } from '#app/db/payments/payments.server.ts'
import { insertTopUp, topUpOfPayment } from '#app/db/payments/top-ups.server.ts'
import { lockWallet } from '#app/db/payments/wallets.server.ts'
import { postingsOfTopUp } from '#app/domain/ledger/rules.ts'
import { type Payment, unappliedOf } from '#app/domain/payment/payment.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { usualPriority } from '#app/domain/wallet/credit-grant.ts'
import { postEntry } from '../ledger/post-entry.server.ts'
import { issueReceipt } from './issue-receipt.server.ts'

export type CreditTopUpError = 'payment-not-found' | 'nothing-unapplied'

/**
 * Makes what is unapplied of a payment the buyer's balance, and issues the receipt for it. One payment is one top-up, however often it is
 * told. The first one ends a trial.
 */
export async function creditTopUp(ctx: TenantContext, paymentId: string): Promise<Result<void, CreditTopUpError>> {
  const owner = await paymentAccount(ctx, paymentId)
  if (!owner) return err('payment-not-found')
  const wallet = await lockWallet(ctx, owner.accountId, owner.currency)
  if (await topUpOfPayment(ctx, paymentId)) return ok(undefined)
  const payment = await lockPayment(ctx, paymentId)
  if (!payment) return err('payment-not-found')
  const amount = unappliedOf(payment)
  if (amount.minor <= 0n) return err('nothing-unapplied')

  const facts = { kind: 'top-up', state: 'active', priority: usualPriority['top-up'], scope: 'all', expiresOn: null, reason: null } as const
  const grantId = await insertGrant(ctx, { wallet, sourceKey: `payment:${paymentId}`, amount, ...facts })
  const isTaken = grantId !== null && (await addAllocated(ctx, paymentId, amount.minor))
  if (!isTaken) throw new Error(`payment ${paymentId} is less than its top-up`)
  const { accountId } = payment
  const topUpId = await insertTopUp(ctx, { accountId, paymentId, grantId, amount })
  await postEntry(ctx, {
    sourceKey: `top-up:${topUpId}`,
    kind: 'top-up',
    accountId,
    invoiceId: null,
    postings: postingsOfTopUp({ accountId, amount }),
  })
  await note(ctx, { payment, topUpId, minor: amount.minor })
  await convertTrial(ctx, accountId)
  await issueReceipt(ctx, { topUpId, accountId, amount, receivedOn: payment.receivedOn })
  return ok(undefined)
}

type Noted = { readonly payment: Payment; readonly topUpId: string; readonly minor: bigint }

async function note(ctx: TenantContext, { payment: { id, accountId, amount }, topUpId, minor }: Noted): Promise<void> {
  await audit(ctx, {
    action: 'balance.topped-up',
    subjectKind: 'payment',
    subjectId: id,
    detail: { accountId, topUpId, amountMinor: minor.toString(), currency: amount.currency },
  })
}

/** The same for what an attempt at a gateway captured. Safe to repeat. @throws Error while the payment of it is not recorded. */
export async function creditCapturedTopUp(ctx: TenantContext, attemptId: string): Promise<void> {
  const attempt = await readAttempt(ctx, attemptId)
  if (attempt?.purpose !== 'top-up' || attempt.state !== 'captured') return
  if (!attempt.paymentId) throw new Error(`attempt ${attemptId} has no payment yet`)
  await creditTopUp(ctx, attempt.paymentId)
}
