import { exponentOf } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { negate, toDecimal } from '../money/money.ts'
import type { BookedEntry, BookedPosting } from './booked-entry.ts'

/** The columns of the plain table: one row for each posting. */
export const journalHead: readonly string[] = [
  'date',
  'entry',
  'kind',
  'document',
  'buyer',
  'ledger_account',
  'account_number',
  'currency',
  'debit',
  'credit',
  'debit_minor',
  'credit_minor',
  'reason',
]

/** The postings of an entry as rows of that table: amounts in major units, and as whole minor units beside them. */
export function journalRows(entry: BookedEntry): (string | Decimal)[][] {
  return entry.postings.map((posting) => [
    entry.bookedOn,
    entry.id,
    entry.kind,
    entry.document ?? '',
    posting.buyer ?? entry.buyer ?? '',
    posting.code,
    posting.number,
    posting.amount.currency,
    ...sidesOf(posting),
    entry.reason ?? '',
  ])
}

function sidesOf({ amount }: BookedPosting): (string | Decimal)[] {
  const isDebit = amount.minor > 0n
  const size = isDebit ? amount : negate(amount)
  const major = toDecimal(size).toFixed(exponentOf(size.currency))
  const minor = new Decimal(size.minor.toString())
  return isDebit ? [major, '', minor, ''] : ['', major, '', minor]
}

/** An entry as one JSON object: amounts as minor units in text, debit above zero. */
export function journalObject(entry: BookedEntry): object {
  const { id, bookedOn, kind, document, buyer, reason } = entry
  const postings = entry.postings.map(({ code, number, taxKey, buyer: ofPosting, amount }) => ({
    ledger_account: code,
    account_number: number,
    tax_key: taxKey || null,
    buyer: ofPosting,
    amount: { minor: amount.minor.toString(), currency: amount.currency },
  }))
  return { id, date: bookedOn, kind, document, buyer, reason, postings }
}
