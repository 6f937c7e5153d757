import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import type { FinalisedInvoice } from './finalised-invoice.ts'
import { showbacksOf } from './showbacks.ts'

type Document = Parameters<typeof showbacksOf>[0]
type Row = readonly [section: string, net: bigint, rate: string]

const eur = (minor: bigint) => money(minor, 'EUR')

/** A document of `hanse` whose lines are `rows`, with the tax of each rate. */
function document(rows: readonly Row[], taxes: Readonly<Record<string, readonly [base: bigint, tax: bigint]>>): Document {
  const lines = rows.map(([section, net, rate]) => {
    return { sectionAccountId: section, subject: { section }, net: eur(net), taxCategory: 'S', taxRate: new Decimal(rate) }
  }) as unknown as FinalisedInvoice['lines']
  return {
    accountId: 'hanse',
    lines,
    net: eur(rows.reduce((all, [, net]) => all + net, 0n)),
    taxes: Object.entries(taxes).map(([rate, [base, tax]]) => {
      return { category: 'S', rate: new Decimal(rate), base: eur(base), tax: eur(tax), reason: 'standard' }
    }),
  }
}

const totals = (of: Document) => showbacksOf(of).map(({ accountId, net, tax }) => [accountId, net.minor + tax.minor])

test('the departments of one invoice come to its total', () => {
  const june: Row[] = [
    ['R&D', 42000n, '19'],
    ['R&D', -4200n, '19'],
    ['Sales', 7110n, '19'],
    ['IT', 3900n, '19'],
  ]
  expect(totals(document(june, { 19: [48810n, 9274n] }))).toEqual([
    ['R&D', 44982n],
    ['Sales', 8461n],
    ['IT', 4641n],
  ])
})

test('cents that each would round up are taken once: the tax is the document’s, the payer’s own section with them', () => {
  // Three times 0.03 at 19 % are 0.0057 each, 0.0171 in all.
  const thirds: Row[] = ['hanse', 'R&D', 'IT'].map((section) => [section, 3n, '19'])
  const shares = showbacksOf(document(thirds, { 19: [9n, 2n] })).map(({ tax }) => tax.minor)
  expect(shares).toEqual([0n, 1n])
})

test('every rate is shared among those who used it', () => {
  const mixed: Row[] = [
    ['R&D', 10000n, '19'],
    ['R&D', 1000n, '0'],
    ['IT', 5000n, '7'],
  ]
  expect(totals(document(mixed, { 19: [10000n, 1900n], 0: [1000n, 0n], 7: [5000n, 350n] }))).toEqual([
    ['R&D', 12900n],
    ['IT', 5350n],
  ])
})

test('a credit lowers what a department used, also where nothing is left in all', () => {
  const moved: Row[] = [
    ['R&D', 10000n, '19'],
    ['IT', -10000n, '19'],
  ]
  expect(totals(document(moved, { 19: [0n, 0n] }))).toEqual([
    ['R&D', 11900n],
    ['IT', -11900n],
  ])
})
