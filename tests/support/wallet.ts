import { v7 } from 'uuid'
import { unbalancedEntries, wrongBalances } from '#app/db/invariants/ledger.server.ts'
import { paymentsNotAsBooked } from '#app/db/invariants/payments.server.ts'
import { settledOtherwise, unappliedOtherwise } from '#app/db/invariants/settled.server.ts'
import { balancesOtherwise } from '#app/db/invariants/wallets.server.ts'
import { creditTopUp } from '#app/services/wallet/credit-top-up.server.ts'
import { type GiveCreditInput, giveCredit } from '#app/services/wallet/give-credit.server.ts'
import { asOffice } from './builders.ts'
import { eur, receive } from './payments.ts'

/** Money of `minor` cents that came by bank and became the balance of an account. Returns the payment's id. */
export async function topUp(tenantId: string, accountId: string, minor: bigint): Promise<string> {
  const payment = await receive(tenantId, accountId, minor, { receivedOn: '2026-05-02' })
  const credited = await asOffice(tenantId, (ctx) => creditTopUp(ctx, payment.id))
  if (!credited.ok) throw new Error(credited.error)
  return payment.id
}

/** Credit of `minor` cents that staff give; promotional credit for everything, without an end, unless said otherwise. */
export function give(tenantId: string, accountId: string, minor: bigint, facts: Partial<GiveCreditInput> = {}) {
  const usual = { kind: 'promo', reason: 'Welcome', scope: 'all', expiresOn: null, formKey: v7() } as const
  return asOffice(tenantId, (ctx) => giveCredit(ctx, { accountId, amount: eur(minor), ...usual, ...facts }))
}

/** What is left of each grant of a seller, oldest first, by kind. */
export async function grantsOf(tenantId: string): Promise<string[]> {
  const rows = await asOffice(tenantId, ({ db }) => db.creditGrant.findMany({ orderBy: { id: 'asc' } }))
  return rows.map(
    ({ kind, state, amountMinor, usedMinor, expiredMinor, returnedMinor, takenMinor }) =>
      `${kind} ${state} ${amountMinor - usedMinor - expiredMinor - returnedMinor - takenMinor}`,
  )
}

/** What the checks of the books, payments, documents and balances of a seller find; nothing when all of them hold. */
export function brokenBooks(tenantId: string): Promise<readonly string[]> {
  return asOffice(tenantId, async (ctx) => {
    const found: string[] = []
    for (const check of [unbalancedEntries, wrongBalances, paymentsNotAsBooked, settledOtherwise, unappliedOtherwise, balancesOtherwise])
      found.push(...(await check(ctx)).ids)
    return found
  })
}
