import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { BankFileError } from '#app/adapters/banks/bank-file-error.ts'
import { type BankFile, readBankFile } from '#app/adapters/banks/read-bank-file.ts'
import { inTenant } from '#app/db/context.server.ts'
import { csvMappingOf, importBankStatement } from '#app/services/reconciliation/import-bank-statement.server.ts'
import { type Answer, command, commandLine, exitCodes, refused, wrongUse } from './command.ts'
import { tenantNamed } from './options.ts'

type Options = { tenant: string; dryRun?: boolean }

/** `livery import bank-statement`: a file of the seller's bank, taken whole or not at all. The same file again changes nothing. */
export const bankStatementImport = command<Options>('bank-statement', 'take a statement of the bank', async (options, path = '') => {
  const { tenantId, currency } = await tenantNamed(options.tenant)
  const mapping = await inTenant(tenantId, (ctx) => csvMappingOf(ctx))
  const bytes = contentOf(path)
  const file = read(bytes, { mapping, currency })
  if ('answer' in file) return file.answer
  const isDryRun = options.dryRun === true
  const input = { ...file.bankFile, fileName: basename(path), isDryRun }
  const taken = await inTenant(tenantId, (ctx) => importBankStatement(ctx, input), { actor: commandLine })
  if (!taken.ok) return refused(taken.error, 'nothing of it was taken')
  const { entries, added } = taken.value
  const lines = [`${entries} entries read, ${added} of them new${isDryRun ? '; nothing was written' : ''}`]
  return { lines, json: { ok: true, isDryRun, ...taken.value } }
})
  .argument('<file>', 'CAMT.053, MT940, or a list whose columns were named')
  .requiredOption('--tenant <slug>', 'whose account it is')
  .option('--dry-run', 'only tell what would be taken')

function contentOf(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (failure) {
    return wrongUse(`"${path}" cannot be read: ${failure instanceof Error ? failure.message : 'unknown'}`)
  }
}

function read(bytes: Uint8Array, csv: Parameters<typeof readBankFile>[1]): { bankFile: BankFile } | { answer: Answer } {
  try {
    return { bankFile: readBankFile(bytes, csv) }
  } catch (failure) {
    if (!(failure instanceof BankFileError)) throw failure
    const { code, place, message } = failure
    const json = { ok: false, error: code, place }
    return { answer: { lines: [`refused: ${message}; nothing of it was taken`], json, exitCode: exitCodes.failed } }
  }
}
