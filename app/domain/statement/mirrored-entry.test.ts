import { describe, expect, test } from 'vitest'
import type { Posting } from '../ledger/postings.ts'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { type EdgeEntry, postingsOfMirrored } from './mirrored-entry.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const document = { total: eur(11900n), taxes: [{ category: 'S' as const, rate: new Decimal(19), tax: eur(1900n) }] }
const sides = (postings: readonly Posting[]) => postings.map(({ account, amount }) => [account.code, amount.minor])
const mirrored = (entry: Partial<EdgeEntry> & Pick<EdgeEntry, 'kind' | 'owed'>) => sides(postingsOfMirrored({ document: null, ...entry }))

describe('what a child books for an entry of its parent', () => {
  test('a document is bought by net and tax, a credit or a cancellation given back the same way', () => {
    expect(mirrored({ kind: 'invoice', owed: eur(11900n), document })).toEqual([
      ['purchases', 10000n],
      ['input-tax.S.19', 1900n],
      ['payable-to-parent', -11900n],
    ])
    expect(mirrored({ kind: 'void', owed: eur(-11900n), document })).toEqual([
      ['purchases', -10000n],
      ['input-tax.S.19', -1900n],
      ['payable-to-parent', 11900n],
    ])
  })

  test('money paid lowers the debt at the bank, money that came back raises it', () => {
    expect(mirrored({ kind: 'payment', owed: eur(-500n) })).toEqual([
      ['payable-to-parent', 500n],
      ['bank', -500n],
    ])
    expect(mirrored({ kind: 'refund', owed: eur(500n) })).toEqual([
      ['payable-to-parent', -500n],
      ['bank', 500n],
    ])
  })

  test('what the parent holds is set off, what it gives up was not bought, a cent too little is a rounding', () => {
    expect(mirrored({ kind: 'settlement', owed: eur(-500n) })).toEqual([
      ['payable-to-parent', 500n],
      ['receivable-from-parent', -500n],
    ])
    expect(mirrored({ kind: 'write-off', owed: eur(-500n) })).toEqual([
      ['purchases', -500n],
      ['payable-to-parent', 500n],
    ])
    expect(mirrored({ kind: 'rounding', owed: eur(-1n) })).toEqual([
      ['rounding', -1n],
      ['payable-to-parent', 1n],
    ])
  })

  test('a document that does not come to what was booked for it is refused', () => {
    expect(() => mirrored({ kind: 'invoice', owed: eur(11800n), document })).toThrow('does not come to what was booked')
    expect(() => mirrored({ kind: 'invoice', owed: eur(11900n) })).toThrow('does not come to what was booked')
  })
})
