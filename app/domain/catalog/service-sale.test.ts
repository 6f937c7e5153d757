import { expect, test } from 'vitest'
import { areUnitsOffered, saleOf, typedUnits } from './service-sale.ts'

const hours = { unit: 'hour', most: 40, termMonths: null, endsWithTerm: false } as const

test('a service says what it is counted in and how many one order may have', () => {
  expect(saleOf({ kind: 'service', spec: { proration: 'day', saleUnit: 'hour', mostUnits: 40 } })).toEqual(hours)
})

test('a service without a number is ordered one at a time', () => {
  const spec = { saleUnit: 'piece', termMonths: 12 }
  expect(saleOf({ kind: 'service', spec })).toEqual({ unit: 'piece', most: 1, termMonths: 12, endsWithTerm: false })
})

test('only what has a term can end with it', () => {
  const ending = { saleUnit: 'piece', atTermEnd: 'ends' }
  expect(saleOf({ kind: 'service', spec: ending })?.endsWithTerm).toBe(false)
  expect(saleOf({ kind: 'service', spec: { ...ending, termMonths: 3 } })?.endsWithTerm).toBe(true)
})

test.each([
  ['a service that only comes with something else', 'service', { proration: 'day' }],
  ['a plan', 'plan', { saleUnit: 'piece' }],
  ['a service counted in something unknown', 'service', { saleUnit: 'mile' }],
])('%s is not ordered as a service by itself', (_, kind, spec) => {
  expect(saleOf({ kind, spec })).toBeNull()
})

test('an order has one unit to as many as are offered, and none of what is no service', () => {
  expect([undefined, 1, 40, 41, 0, 1.5].map((units) => areUnitsOffered(hours, units))).toEqual([true, true, true, false, false, false])
  expect([undefined, 1].map((units) => areUnitsOffered(null, units))).toEqual([true, false])
})

test.each([
  ['', 1],
  [' 5 ', 5],
  ['1000', 1000],
  ['1001', null],
  ['0', null],
  ['2.5', null],
  ['-3', null],
  ['five', null],
])('%j typed as a number of units is %j', (text, units) => {
  expect(typedUnits(text)).toBe(units)
})
