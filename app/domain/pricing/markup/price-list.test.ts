import { describe, expect, test } from 'vitest'
import { type ListedPrice, readPriceList } from './price-list.ts'

const head = ['product', 'fee', 'meter', 'match', 'currency', 'sellPrice', 'cap']
const standing = Array.from(
  { length: 5_000 },
  (_, index): ListedPrice => ({
    productCode: `plan-${index}`,
    feeKind: 'recurring',
    meter: null,
    match: '',
    currency: 'CHF',
    sell: '22.9',
    cap: null,
  }),
)
const row = (index: number, price: string, more: Partial<Record<'fee' | 'currency' | 'cap', string>> = {}) => [
  `plan-${index}`,
  more.fee ?? 'recurring',
  '',
  '',
  more.currency ?? 'CHF',
  price,
  more.cap ?? '',
]
const list = (changes: Record<number, string[]> = {}) => [head, ...standing.map((_, index) => changes[index] ?? row(index, '22.90'))]

describe('a price list of 5,000 rows', () => {
  test('changes the prices that are different and no other', () => {
    const read = readPriceList(list({ 17: row(17, '23.90'), 4999: row(4_999, '22.9', { cap: '30' }) }), standing)
    expect(
      read.ok && read.value.map(({ at, row: number, unitPrice, cap }) => [at, number, unitPrice.toFixed(), cap?.toFixed() ?? null]),
    ).toEqual([
      [17, 19, '23.9', null],
      [4_999, 5_001, '22.9', '30'],
    ])
  })

  test.each([
    [row(3_210, 'abc'), 'sellPrice', 'not-a-decimal'],
    [row(3_210, '-5'), 'sellPrice', 'not-a-decimal'],
    [row(3_210, '1', { cap: '1,5' }), 'cap', 'not-a-decimal'],
    [row(3_210, '1', { fee: 'rent' }), 'fee', 'unknown-fee'],
    [row(3_210, '1', { fee: 'setup' }), 'fee', 'unknown-price'],
    [row(3_210, '1', { currency: 'EUR' }), 'currency', 'wrong-currency'],
    [row(9_999, '1'), 'product', 'unknown-product'],
    [row(3_209, '1'), 'product', 'line-twice'],
  ])('with one bad row changes nothing and names row 3212 and the cell: %j', (bad, column, problem) => {
    expect(readPriceList(list({ 17: row(17, '23.90'), 3210: bad }), standing)).toEqual({
      ok: false,
      error: 'bad-list',
      problems: [{ row: 3_212, column, problem }],
    })
  })
})

test('a list without a column it needs is refused at its head', () => {
  expect(readPriceList([['product', 'fee', 'meter', 'match']], standing)).toMatchObject({
    problems: [{ row: 1, column: 'sellPrice', problem: 'column-missing' }],
  })
})

test('an empty sell price leaves the price as it is, and columns may stand in any order', () => {
  const cells = [
    ['sellPrice', 'match', 'meter', 'fee', 'product', 'remark'],
    ['', '', '', 'recurring', 'plan-1', 'soon'],
    ['23.5', '', '', 'recurring', 'plan-2', ''],
    ['', '', '', '', '', ''],
  ]
  const read = readPriceList(cells, standing)
  expect(read.ok && read.value.map(({ at }) => at)).toEqual([2])
})
