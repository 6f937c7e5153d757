import type { TenantContext } from '#app/db/context.server.ts'
import { lockWallet } from '#app/db/payments/wallets.server.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

/** The wallet of an account in the currency of one of its contracts; opened when it has none yet. */
export async function openWallet(
  ctx: TenantContext,
  { accountId, currency }: { readonly accountId: string; readonly currency: string },
): Promise<Result<{ readonly walletId: string }, 'other-currency'>> {
  const contract = await ctx.db.contract.findFirst({ where: { accountId, currency }, select: { id: true } })
  return contract ? ok({ walletId: (await lockWallet(ctx, accountId, currency)).id }) : err('other-currency')
}
