import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { checkTotals } from './check-totals.ts'
import type { ElectronicAdjustment, ElectronicLine, ElectronicTax, ElectronicTotals } from './electronic-invoice.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const key = { category: 'S', rate: new Decimal(20) }
const reduced = { category: 'S', rate: new Decimal(10) }

function line(minor: bigint, taxKey = key): ElectronicLine {
  const one = new Decimal(1)
  return { ...taxKey, name: 'Web 1', description: null, quantity: one, unit: 'piece', unitPrice: one, net: eur(minor), period: null }
}

function adjustment(kind: ElectronicAdjustment['kind'], minor: bigint): ElectronicAdjustment {
  return { ...key, kind, reason: 'Spring', amount: eur(minor), percent: null }
}

// 100.00 + 50.00 at 20 %, 10.00 at 10 %; 30.00 off, 5.00 of it taken back; 20.00 paid.
const lines = [line(10_000n), line(5_000n), line(1_000n, reduced)]
const adjustments = [adjustment('allowance', 3_000n), adjustment('charge', 500n)]
const taxes: ElectronicTax[] = [
  { ...key, base: eur(12_500n), tax: eur(2_500n), exemption: null },
  { ...reduced, base: eur(1_000n), tax: eur(100n), exemption: null },
]
const totals: ElectronicTotals = {
  lines: eur(16_000n),
  allowances: eur(3_000n),
  charges: eur(500n),
  net: eur(13_500n),
  tax: eur(2_600n),
  total: eur(16_100n),
  paid: eur(2_000n),
  due: eur(14_100n),
}
const document = { currency: 'EUR', lines, adjustments, taxes, totals }

test('a document whose figures agree breaks no rule', () => {
  expect(checkTotals(document)).toEqual([])
})

test.each([
  ['BR-CO-10', 'the sum of the lines', { lines: eur(16_001n), net: eur(13_501n), total: eur(16_101n), due: eur(14_101n) }],
  ['BR-CO-11', 'the sum of the allowances', { allowances: eur(2_999n), net: eur(13_501n), total: eur(16_101n), due: eur(14_101n) }],
  ['BR-CO-12', 'the sum of the charges', { charges: eur(501n), net: eur(13_501n), total: eur(16_101n), due: eur(14_101n) }],
  ['BR-CO-13', 'the net total', { net: eur(13_501n), total: eur(16_101n), due: eur(14_101n) }],
  ['BR-CO-14', 'the total tax', { tax: eur(2_601n), total: eur(16_101n), due: eur(14_101n) }],
  ['BR-CO-15', 'the total with tax', { total: eur(16_101n), due: eur(14_101n) }],
  ['BR-CO-16', 'the amount due', { due: eur(14_101n) }],
])('%s: a cent too much in %s is found', (rule, _, changes) => {
  expect(checkTotals({ ...document, totals: { ...totals, ...changes } })).toEqual([rule])
})

test('BR-CO-17: a tax two cents beside the rate of its base is found, one cent is not', () => {
  const withTax = (minor: bigint) => ({
    ...document,
    taxes: [{ ...key, base: eur(12_500n), tax: eur(minor), exemption: null }, ...taxes.slice(1)],
    totals: { ...totals, tax: eur(minor + 100n), total: eur(13_600n + minor), due: eur(11_600n + minor) },
  })
  expect(checkTotals(withTax(2_502n))).toEqual(['BR-CO-17'])
  expect(checkTotals(withTax(2_501n))).toEqual([])
})

test('a base that is not the sum of what is taxed at its rate is found', () => {
  const moved = [
    { ...key, base: eur(12_400n), tax: eur(2_480n), exemption: null },
    { ...reduced, base: eur(1_100n), tax: eur(110n), exemption: null },
  ]
  expect(
    checkTotals({ ...document, taxes: moved, totals: { ...totals, tax: eur(2_590n), total: eur(16_090n), due: eur(14_090n) } }),
  ).toEqual(['category-base'])
})

test('a line of a rate without a base is found', () => {
  expect(checkTotals({ ...document, lines: [...lines, { ...line(0n), category: 'E', rate: new Decimal(0) }] })).toEqual(['category-base'])
})

test('negative documents are added up like any other', () => {
  const credit = {
    currency: 'EUR',
    lines: [line(-333n)],
    adjustments: [],
    taxes: [{ ...key, base: eur(-333n), tax: eur(-67n), exemption: null }],
    totals: {
      ...totals,
      lines: eur(-333n),
      allowances: eur(0n),
      charges: eur(0n),
      net: eur(-333n),
      tax: eur(-67n),
      total: eur(-400n),
      paid: eur(0n),
      due: eur(-400n),
    },
  }
  expect(checkTotals(credit)).toEqual([])
})
