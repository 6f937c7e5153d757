import type { TenantContext } from '#app/db/context.server.ts'
import { type AccountingSettings, readAccountingSettings } from '#app/db/ledger/accounting-settings.server.ts'
import { type AccountNumber, type LedgerCode, proposedNumber } from '#app/domain/accounting-export/account-numbers.ts'

/** A ledger account with the number it leaves under. */
export type NumberedAccount = LedgerCode & { readonly number: AccountNumber; readonly proposed: string; readonly isOwn: boolean }
export type NumberedChart = Omit<AccountingSettings, 'numbers'> & { readonly accounts: readonly NumberedAccount[] }

/** Every account that was opened in the books, with its number in the accountant's. */
export async function readNumberedChart(ctx: TenantContext): Promise<NumberedChart> {
  const { numbers, ...settings } = await readAccountingSettings(ctx)
  const accounts = await ctx.db.$queryRaw<LedgerCode[]>`
    select code, kind from ledger_accounts where tenant_id = ${ctx.tenantId}::uuid order by code limit 500`
  return {
    ...settings,
    accounts: accounts.map((account) => {
      const proposed = proposedNumber(settings.chart, account)
      return { ...account, number: numbers[account.code] ?? proposed, proposed: proposed.number, isOwn: account.code in numbers }
    }),
  }
}
