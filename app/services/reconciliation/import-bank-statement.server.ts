import { audit } from '#app/db/audit.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import {
  countKnownEntries,
  insertStatement,
  isStatementKnown,
  readCsvMapping,
  saveCsvMapping,
} from '#app/db/payments/bank-statements.server.ts'
import {
  type BankFileFormat,
  type BankStatement,
  checkStatement,
  entryKeys,
  type OwnAccount,
  type StatementProblem,
} from '#app/domain/reconciliation/bank-statement.ts'
import { CsvMapping } from '#app/domain/reconciliation/csv-mapping.ts'
import { err, ok, type Result } from '#app/domain/shared/result.ts'
import { sellerOf } from '../billing/draft-contracts.server.ts'

export type ImportStatementInput = {
  readonly fileName: string
  readonly hash: string
  readonly format: BankFileFormat
  readonly statements: readonly BankStatement[]
  /** Looks and tells what would be taken, and writes nothing. */
  readonly isDryRun?: boolean
}
export type ImportStatementError = 'no-bank-details' | StatementProblem

/** What came of a file: entries read, those that were new, and the statements that were taken. */
export type ImportedStatements = { readonly entries: number; readonly added: number; readonly statementIds: readonly string[] }

/** The account the seller is paid into; undefined until it tells. */
export async function ownAccount(ctx: TenantContext): Promise<OwnAccount | undefined> {
  const { bank, currency } = await sellerOf(ctx)
  return bank ? { iban: bank.iban, currency } : undefined
}

/**
 * Takes the statements of a bank file, all of them or none: each is of the seller's account and currency, and its balances agree with its
 * entries. The same file again changes nothing, and an entry that another file brought is not taken twice.
 */
export async function importBankStatement(
  ctx: TenantContext,
  input: ImportStatementInput,
): Promise<Result<ImportedStatements, ImportStatementError>> {
  const own = await ownAccount(ctx)
  if (!own) return err('no-bank-details')
  const taken = { entries: 0, added: 0, statementIds: [] as string[] }
  for (const [place, raw] of input.statements.entries()) {
    const statement = checkStatement(raw, own)
    if (!statement.ok) return statement
    const part = place + 1
    const outcome = await (input.isDryRun ? look : take)(ctx, { input, part, statement: statement.value })
    taken.entries += statement.value.entries.length
    taken.added += outcome.added
    if (outcome.id) taken.statementIds.push(outcome.id)
  }
  return ok(taken)
}

type Part = {
  readonly input: ImportStatementInput
  readonly part: number
  readonly statement: BankStatement & { readonly account: string }
}
type Outcome = { readonly added: number; readonly id?: string }

async function look(ctx: TenantContext, { input, part, statement }: Part): Promise<Outcome> {
  if (await isStatementKnown(ctx, input.hash, part)) return { added: 0 }
  const keys = entryKeys(statement.account, statement.entries)
  return { added: keys.length - (await countKnownEntries(ctx, keys)) }
}

async function take(ctx: TenantContext, { input, part, statement }: Part): Promise<Outcome> {
  const { hash: fileHash, fileName, format } = input
  const taken = await insertStatement(ctx, { fileHash, part, fileName: fileName.slice(0, 120), format, statement })
  if (!taken) return { added: 0 }
  await audit(ctx, {
    action: 'bank-statement.imported',
    subjectKind: 'bank-statement',
    subjectId: taken.id,
    detail: { fileHash, format, entries: taken.entries, added: taken.added },
  })
  return taken
}

/** Which columns of the bank's lists mean what, as it was told for the seller's account; null when never. */
export async function csvMappingOf(ctx: TenantContext): Promise<CsvMapping | null> {
  const own = await ownAccount(ctx)
  const mapping = CsvMapping.safeParse(own && (await readCsvMapping(ctx, own.iban)))
  return mapping.success ? mapping.data : null
}

/** Keeps which columns of the bank's lists mean what. */
export async function keepCsvMapping(ctx: TenantContext, mapping: CsvMapping): Promise<Result<void, 'no-bank-details'>> {
  const own = await ownAccount(ctx)
  if (!own) return err('no-bank-details')
  await saveCsvMapping(ctx, own.iban, mapping)
  return ok(undefined)
}
