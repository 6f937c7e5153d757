import { createHash } from 'node:crypto'
import type { BankFileFormat, BankStatement } from '#app/domain/reconciliation/bank-statement.ts'
import type { CsvMapping } from '#app/domain/reconciliation/csv-mapping.ts'
import { BankFileError } from './bank-file-error.ts'
import { readCamt } from './camt.ts'
import { readBankCsv } from './csv.ts'
import { readMt940 } from './mt940.ts'

const mostBytes = 8_000_000

export type BankFile = { readonly format: BankFileFormat; readonly hash: string; readonly statements: readonly BankStatement[] }
/** What a list without a form of its own takes: its columns and the account's currency. */
export type CsvReading = { readonly mapping: CsvMapping | null; readonly currency: string }

/**
 * The statements of a bank file; its form shows in its content. A file that is broken anywhere gives nothing.
 * @throws BankFileError
 */
export function readBankFile(bytes: Uint8Array, csv: CsvReading): BankFile {
  if (bytes.length === 0) throw new BankFileError('file-empty', '')
  if (bytes.length > mostBytes) throw new BankFileError('file-too-large', `${mostBytes / 1_000_000} MB`)
  const text = textOf(bytes)
  const hash = createHash('sha256').update(bytes).digest('hex')
  if (text.trim() === '') throw new BankFileError('file-empty', '')
  if (/^\s*</.test(text)) return { format: 'camt.053', hash, statements: readCamt(text) }
  if (/^\s*(\{1:|:20:)/.test(text)) return { format: 'mt940', hash, statements: readMt940(text) }
  if (csv.mapping === null) throw new BankFileError('file-format', '')
  return { format: 'csv', hash, statements: readBankCsv(text, csv.mapping, csv.currency) }
}

function textOf(bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.includes('\0')) throw new BankFileError('file-encoding', 'NUL')
    return text
  } catch (failure) {
    if (failure instanceof BankFileError) throw failure
    throw new BankFileError('file-encoding', 'UTF-8')
  }
}
