import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { type AccountingSettings, readAccountingSettings, saveAccountingSettingsRow } from '#app/db/ledger/accounting-settings.server.ts'
import { type AccountNumber, checkNumber, type NumberProblem } from '#app/domain/accounting-export/account-numbers.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'

export type NumberInput = { readonly code: string; readonly number: AccountNumber | null }

/** Keeps who the accountant knows the seller as, and the chart its numbers are proposed from. */
export async function saveAccountingSettings(ctx: TenantContext, input: Omit<AccountingSettings, 'numbers'>): Promise<Result<void, never>> {
  const before = await readAccountingSettings(ctx)
  await saveAccountingSettingsRow(ctx, { ...input, numbers: before.numbers })
  await audit(ctx, { action: 'accounting-settings.saved', subjectKind: 'tenant', subjectId: ctx.tenantId, detail: { ...input } })
  return ok(undefined)
}

/** Gives ledger accounts numbers of the seller's own; null takes the chart's again. What is exported later has the new ones. */
export async function numberLedgerAccounts(ctx: TenantContext, inputs: readonly NumberInput[]): Promise<Result<void, NumberProblem>> {
  const before = await readAccountingSettings(ctx)
  const numbers = new Map(Object.entries(before.numbers))
  for (const { code, number } of inputs) {
    const problem = number && checkNumber(number)
    if (problem) return err(problem)
    if (number) numbers.set(code, number)
    else numbers.delete(code)
  }
  await saveAccountingSettingsRow(ctx, { ...before, numbers: Object.fromEntries(numbers) })
  const changed = inputs.map(({ code, number }) => `${code}=${number ? `${number.number}/${number.taxKey}` : ''}`)
  await audit(ctx, { action: 'accounting-numbers.saved', subjectKind: 'tenant', subjectId: ctx.tenantId, detail: { changed } })
  return ok(undefined)
}
