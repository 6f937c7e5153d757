import { exponentOf } from '../money/currency.ts'
import { toDecimal } from '../money/money.ts'
import { addDays, type LocalDate } from '../time/local-date.ts'
import type { GermanChart } from './account-numbers.ts'
import type { BookedEntry } from './booked-entry.ts'
import { datevColumns, datevPlaces, datevTextColumns } from './datev-columns.ts'
import { type Pair, pairPostings } from './pair-postings.ts'

/** What the head of a batch says. The instant is when the period was closed, so that a repeat has the same bytes. */
export type DatevBatch = {
  readonly createdAt: Date
  readonly consultant: number
  readonly client: number
  /** First day of the fiscal year that the month lies in. */
  readonly fiscalYearStart: LocalDate
  /** How many digits account numbers have. */
  readonly accountLength: number
  readonly from: LocalDate
  /** The first day after the batch. */
  readonly to: LocalDate
  readonly currency: string
  readonly chart: GermanChart
}

/** As many rows as DATEV takes in one file. */
export const datevRowsAtMost = 99_999

const lineEnd = '\r\n'

/** The two head lines of a booking batch (EXTF, header 700, format 21 version 13). */
export function datevHead(batch: DatevBatch): string {
  const { createdAt, consultant, client, fiscalYearStart, accountLength, from, to, currency, chart } = batch
  const created = createdAt.toISOString().replaceAll(/\D/g, '')
  const title = `Livery ${from.slice(0, 7)}`
  const fields = [
    ...[quoted('EXTF'), '700', '21', quoted('Buchungsstapel'), '13', created, '', quoted('LV'), quoted(''), quoted('')],
    ...[String(consultant), String(client), compact(fiscalYearStart), String(accountLength), compact(from), compact(addDays(to, -1))],
    ...[
      quoted(title),
      quoted(''),
      '1',
      '0',
      '1',
      quoted(currency),
      '',
      quoted(''),
      '',
      '',
      quoted(chart.slice(-2)),
      '',
      '',
      quoted(''),
      quoted(''),
    ],
  ]
  return `${fields.join(';')}${lineEnd}${datevColumns.join(';')}${lineEnd}`
}

/**
 * The rows of an entry: one for each pair of accounts, on the debit side of the first. Amounts have a decimal comma; tax is a row of its own,
 * as the entry booked it; every row is locked, since its period is closed.
 */
export function datevRows(entry: BookedEntry): string[] {
  return pairPostings(entry.postings).map((pair) => rowOf(entry, pair))
}

function rowOf(entry: BookedEntry, { debit, credit, amount }: Pair): string {
  const cells = datevColumns.map((_, place) => (datevTextColumns.has(place) ? quoted('') : ''))
  cells[datevPlaces.amount] = toDecimal(amount).toFixed(exponentOf(amount.currency)).replace('.', ',')
  cells[datevPlaces.side] = quoted('S')
  cells[datevPlaces.currency] = quoted(amount.currency)
  cells[datevPlaces.account] = debit.number
  cells[datevPlaces.contraAccount] = credit.number
  cells[datevPlaces.taxKey] = quoted(credit.taxKey || debit.taxKey)
  cells[datevPlaces.date] = `${entry.bookedOn.slice(8, 10)}${entry.bookedOn.slice(5, 7)}`
  cells[datevPlaces.document] = quoted((entry.document ?? '').replaceAll(/[^\w$&%*+\-/]/g, '').slice(0, 36))
  cells[datevPlaces.text] = quoted(textOf(entry))
  cells[datevPlaces.locked] = '1'
  return cells.join(';') + lineEnd
}

const kindWords: Readonly<Record<string, string>> = {
  invoice: 'Rechnung',
  'credit-note': 'Gutschrift',
  'debit-note': 'Belastung',
  void: 'Storno',
  payment: 'Zahlung',
  allocation: 'Ausgleich',
  refund: 'Erstattung',
  'top-up': 'Guthaben',
  'prepaid-use': 'Guthabenverbrauch',
  'credit-grant': 'Kulanzguthaben',
  'credit-expiry': 'Verfallenes Guthaben',
  'write-off': 'Ausbuchung',
  'gateway-payout': 'Auszahlung Zahlungsdienst',
  purchase: 'Einkauf',
  settlement: 'Verrechnung',
  payout: 'Auszahlung',
  deferral: 'Abgrenzung',
  exchange: 'Währungstausch',
  rounding: 'Rundung',
  reversal: 'Umkehrbuchung',
}

function textOf({ kind, buyer }: BookedEntry): string {
  const words = [kindWords[kind] ?? kind, buyer].filter(Boolean).join(' ')
  return words.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 60)
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function compact(date: LocalDate): string {
  return date.replaceAll('-', '')
}
