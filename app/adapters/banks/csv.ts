import { CsvError, parse } from 'csv-parse/sync'
import { checkIban } from '#app/domain/bank/iban.ts'
import { type BankStatement, type StatementEntry, spanOf } from '#app/domain/reconciliation/bank-statement.ts'
import type { CsvMapping } from '#app/domain/reconciliation/csv-mapping.ts'
import { BankFileError } from './bank-file-error.ts'
import { plainAmount, plainDay } from './plain-amount.ts'

const rowsAtMost = 50_000

/** A bank's list as one statement without balances; `currency` is that of the account. @throws BankFileError */
export function readBankCsv(text: string, mapping: CsvMapping, currency: string): BankStatement[] {
  const rows = rowsOf(text)
  const head = Object.keys(rows[0] ?? {})
  const wanted = [mapping.day, mapping.amount, mapping.text, mapping.name, mapping.iban, mapping.reference, mapping.bankReference]
  const missing = wanted.filter((name) => name !== '' && !head.includes(name))
  if (missing.length > 0) throw new BankFileError('columns-missing', missing.join(', '))
  const entries = rows.map((row, place) => entryOf(row, { mapping, currency, place: `${place + 2}` }))
  const span = spanOf(entries)
  if (!span) throw new BankFileError('file-empty', '')
  return [{ account: null, number: null, currency, ...span, balances: null, entries }]
}

type Row = Readonly<Record<string, string>>

function rowsOf(text: string): Row[] {
  const [first = ''] = text.split(/\r\n|\n|\r/, 1)
  const delimiter = [';', '\t', ','].find((sign) => first.includes(sign)) ?? ','
  try {
    return parse(text, { columns: true, delimiter, trim: true, skip_empty_lines: true, to: rowsAtMost, max_record_size: 20_000 }) as Row[]
  } catch (failure) {
    if (failure instanceof CsvError) throw new BankFileError('file-malformed', String(failure.lines ?? ''))
    throw failure
  }
}

type Reading = { readonly mapping: CsvMapping; readonly currency: string; readonly place: string }

function entryOf(row: Row, { mapping, currency, place }: Reading): StatementEntry {
  const cell = (name: string) => (name === '' ? '' : (row[name] ?? ''))
  const iban = checkIban(cell(mapping.iban))
  return {
    bookedOn: dayOf(cell(mapping.day), mapping.dayForm, place),
    amount: plainAmount(plainNumber(cell(mapping.amount), mapping.decimal), currency, place),
    reference: cell(mapping.reference).replaceAll(/\s/g, '').slice(0, 60) || null,
    text: cell(mapping.text).slice(0, 500),
    counterparty: { name: cell(mapping.name).slice(0, 140) || null, iban: iban.ok ? iban.value : null },
    bankReference: cell(mapping.bankReference).slice(0, 80) || null,
  }
}

/** `1.234,50` as `1234.50`, by the sign that stands before the decimals. */
function plainNumber(text: string, decimal: CsvMapping['decimal']): string {
  const grouping = decimal === ',' ? /[.'’\s\u00a0\u202f]/g : /[,'’\s\u00a0\u202f]/g
  return text.replaceAll(grouping, '').replace(decimal, '.').replace(/^\+/, '')
}

function dayOf(text: string, form: CsvMapping['dayForm'], place: string): string {
  const numbers = /^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})$/.exec(text) ?? []
  const [, first = '', second = '', third = ''] = numbers
  if (form === 'YYYY-MM-DD') return plainDay({ year: first, month: second, day: third }, place)
  return form === 'MM/DD/YYYY'
    ? plainDay({ year: third, month: first, day: second }, place)
    : plainDay({ year: third, month: second, day: first }, place)
}
