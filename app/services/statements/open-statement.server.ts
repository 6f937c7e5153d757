import type { TenantContext } from '#app/db/context.server.ts'
import { edgeCurrencies, edgeLedgerAccounts, readStatementParties, type StatementParties } from '#app/db/documents/statements.server.ts'

/** What a statement of an account can be asked for with. */
export type StatementDesk = {
  readonly ledgerAccountIds: readonly string[]
  readonly currencies: readonly string[]
  readonly parties: StatementParties
}

/** Opens the books at an account: both sides and the currencies there are; undefined when the seller has no such account. */
export async function openStatement(ctx: TenantContext, accountId: string): Promise<StatementDesk | undefined> {
  const parties = await readStatementParties(ctx, accountId)
  if (!parties) return undefined
  const ledgerAccountIds = await edgeLedgerAccounts(ctx)
  return { parties, ledgerAccountIds, currencies: await edgeCurrencies(ctx, { accountId, ledgerAccountIds }) }
}
