import { expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { checkNumber, proposedNumber } from './account-numbers.ts'
import type { BookedEntry, BookedPosting } from './booked-entry.ts'
import { datevHead, datevRows } from './datev.ts'
import { pairPostings } from './pair-postings.ts'
import { toWindows1252 } from './windows-1252.ts'

const side = (number: string, minor: bigint, taxKey = ''): BookedPosting => ({
  code: number,
  number,
  taxKey,
  buyer: null,
  amount: money(minor, 'EUR'),
})
const invoice: BookedEntry = {
  id: 'e1',
  bookedOn: '2026-07-01',
  kind: 'invoice',
  document: 'MG-2026-00001',
  buyer: 'Müller; "Söhne" GmbH & Co. KG, Zweigniederlassung Frankfurt am Main',
  reason: null,
  postings: [side('10000', 11_900n), side('8200', -10_000n), side('1776', -1_900n)],
}

test('the head is the 31 fields of a booking batch, locked, and the 125 columns of version 13', () => {
  const [head = '', columns = '', rest] = datevHead({
    createdAt: new Date('2026-08-03T09:30:15.250Z'),
    consultant: 29_098,
    client: 55_003,
    fiscalYearStart: '2026-01-01',
    accountLength: 4,
    from: '2026-07-01',
    to: '2026-08-01',
    currency: 'EUR',
    chart: 'skr03',
  }).split('\r\n')
  expect(head).toBe(
    '"EXTF";700;21;"Buchungsstapel";13;20260803093015250;;"LV";"";"";29098;55003;20260101;4;20260701;20260731;"Livery 2026-07";"";1;0;1;"EUR";;"";;;"03";;;"";""',
  )
  const names = columns.split(';')
  expect([names.length, names[0], names[8], names[113], names[124]]).toEqual([
    125,
    'Umsatz (ohne Soll/Haben-Kz)',
    'BU-Schlüssel',
    'Festschreibung',
    'Abw. Skontokonto',
  ])
  expect(rest).toBe('')
})

test('an invoice is a row for its income and one for its tax, with a decimal comma, in 60 letters at most', () => {
  const rows = datevRows(invoice).map((row) => row.trimEnd())
  expect(rows.map((row) => row.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/))).toEqual(
    [
      ['100,00', '10000', '8200'],
      ['19,00', '10000', '1776'],
    ].map(([amount, account, contra]) => {
      const cells = expect.arrayContaining([amount, '"S"', '"EUR"', account, contra, '0107', '"MG-2026-00001"', '1'])
      return cells
    }),
  )
  expect(rows[0]).toContain('"Rechnung Müller; ""Söhne"" GmbH & Co. KG, Zweigniederlassung F"')
  expect(rows[0]?.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/)).toHaveLength(125)
})

test('a key stands on the rows of the account that has it', () => {
  const keyed = { ...invoice, postings: [side('10000', 10_000n), side('8400', -10_000n, '40')] }
  expect(datevRows(keyed)[0]).toContain(';10000;8400;"40";0107;')
})

test('pairs use every posting up, so that accounts come to the same debits and credits', () => {
  const pairs = pairPostings([side('1200', 500n), side('1360', 300n), side('10000', -600n), side('4970', -200n)])
  expect(pairs.map(({ debit, credit, amount }) => [debit.number, credit.number, amount.minor])).toEqual([
    ['1200', '10000', 500n],
    ['1360', '10000', 100n],
    ['1360', '4970', 200n],
  ])
  expect(() => pairPostings([side('1200', 500n), side('10000', -400n)])).toThrow('does not balance')
})

test('letters that Windows lacks lose their accent; other scripts become question marks', () => {
  expect([...toWindows1252('ä€–ő')]).toEqual([0xe4, 0x80, 0x96, 0x6f])
  expect(Buffer.from(toWindows1252('Café „Škoda“ فنادق')).toString('latin1')).toBe('Café \u0084\u008akoda\u0093 ?????')
})

test('an account has the number of its own code, of its family, or of its kind', () => {
  const number = (code: string, kind: 'asset' | 'liability' | 'income') => proposedNumber('skr04', { code, kind }).number
  expect([number('tax-payable.S.19', 'liability'), number('tax-payable.S.8.1', 'liability')]).toEqual(['3806', '3800'])
  expect([number('revenue.discount', 'income'), number('revenue.usage', 'income')]).toEqual(['4700', '4200'])
  expect([number('clearing.stripe', 'asset'), number('something-new', 'asset')]).toEqual(['1460', '1300'])
})

test('numbers have four digits and keys at most four', () => {
  expect(checkNumber({ number: '8400', taxKey: '40' })).toBeNull()
  expect(checkNumber({ number: '84000', taxKey: '' })).toBe('number-malformed')
  expect(checkNumber({ number: '8400', taxKey: 'x' })).toBe('tax-key-malformed')
})
