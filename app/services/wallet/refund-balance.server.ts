import type { TenantContext } from '#app/db/context.server.ts'
import { readGrant, standingGrants } from '#app/db/credit/credit-grants.server.ts'
import { paymentOfGrant } from '#app/db/payments/top-ups.server.ts'
import { lockWallet } from '#app/db/payments/wallets.server.ts'
import type { Money } from '#app/domain/money/money.ts'
import { invariant } from '#app/domain/shared/invariant.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { balanceOf } from '#app/domain/wallet/wallet-debt.ts'
import { takeBackTopUp } from './take-back-top-up.server.ts'

export type FreeBalanceInput = {
  readonly grantId: string
  readonly amount: Money
  readonly reason: string
}
export type FreeBalanceError = 'grant-not-found' | 'not-paid' | 'amount-not-positive' | 'other-currency' | 'more-than-left'

/**
 * Takes unused balance back to the payment it came from, so that it can go back to where that came from; credit that was given is worth no
 * money. Two at once never take more than is left. Returns the payment.
 */
export async function freeBalance(
  ctx: TenantContext,
  input: FreeBalanceInput,
): Promise<Result<{ readonly paymentId: string }, FreeBalanceError>> {
  const found = await readGrant(ctx, input.grantId)
  if (!found) return err('grant-not-found')
  const { amount, reason } = input
  if (amount.currency !== found.amount.currency) return err('other-currency')
  if (amount.minor <= 0n) return err('amount-not-positive')
  await lockWallet(ctx, found.accountId, amount.currency)
  const grant = await readGrant(ctx, input.grantId)
  const paymentId = await paymentOfGrant(ctx, input.grantId)
  if (!grant || !paymentId) return err('not-paid')
  const whole = balanceOf(await standingGrants(ctx, found.accountId, amount.currency), amount.currency)
  if (amount.minor > grant.remaining.minor || amount.minor > whole.minor) return err('more-than-left')
  const freed = await takeBackTopUp(ctx, { paymentId, amount, reason, takesSpent: false })
  invariant(freed.minor === amount.minor, `grant ${grant.id} gave ${freed.minor} back instead of ${amount.minor}`)
  return ok({ paymentId })
}
