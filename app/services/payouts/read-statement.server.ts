import type { TenantContext } from '#app/db/context.server.ts'
import { readStatementParties, type StatementParties } from '#app/db/documents/statements.server.ts'
import { itemsOfPayout, listPayouts, type PaidItem, type PayoutRow } from '#app/db/settlement/payouts.server.ts'

export type PayoutStatementParts = { readonly payout: PayoutRow; readonly items: readonly PaidItem[]; readonly parties: StatementParties }

/** What the statement of a payout says; null when the scope holds no such payout, or, with `accountId`, none of that account. */
export async function readPayoutStatement(ctx: TenantContext, payoutId: string, accountId?: string): Promise<PayoutStatementParts | null> {
  const [payout] = await listPayouts(ctx, { id: payoutId, ...(accountId ? { accountId } : {}) })
  const parties = payout && (await readStatementParties(ctx, payout.accountId))
  return parties ? { payout, items: await itemsOfPayout(ctx, payoutId), parties } : null
}
