import { add, subtract, zero } from '../money/money.ts'
import { lesser } from '../payment/payment.ts'
import type { CreditGrant } from './credit-grant.ts'

/**
 * What may be spent of grants in their order of use, of each buyer by itself: those that are below nothing, as their bank took money back after it
 * was spent, are made up for by the others. All are of one currency.
 */
export function withoutDebt(grants: readonly CreditGrant[]): CreditGrant[] {
  const debts = new Map<string, CreditGrant['remaining']>()
  for (const { accountId, remaining } of grants) {
    if (remaining.minor >= 0n) continue
    debts.set(accountId, subtract(debts.get(accountId) ?? zero(remaining.currency), remaining))
  }
  return grants.flatMap((grant) => {
    if (grant.remaining.minor <= 0n) return []
    const debt = debts.get(grant.accountId) ?? zero(grant.remaining.currency)
    const owed = lesser(debt, grant.remaining)
    debts.set(grant.accountId, subtract(debt, owed))
    const remaining = subtract(grant.remaining, owed)
    return remaining.minor > 0n ? [{ ...grant, remaining }] : []
  })
}

/** What a buyer has in all: below zero when more was taken back than is left. */
export function balanceOf(grants: readonly Pick<CreditGrant, 'remaining'>[], currency: string): CreditGrant['remaining'] {
  return grants.reduce((sum, { remaining }) => add(sum, remaining), zero(currency))
}
