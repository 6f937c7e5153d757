import { expect, test } from 'vitest'
import { numberedNames, stateOfPieces, typedQuantity } from './order-pieces.ts'

test('a quantity is a whole number of at least one and at most what an order may have', () => {
  expect(['1', ' 20 ', '', null, undefined].map(typedQuantity)).toEqual([1, 20, 1, 1, 1])
  expect(['0', '-1', '1e308', '21', '2.5', 'two', '٣', '9'.repeat(400)].map(typedQuantity)).toEqual(Array(8).fill(null))
})

test('several of the same are numbered on from the number they have, around names that are taken', () => {
  const taken = ['web-2', 'db-9']
  expect(numberedNames('web', { count: 1, taken })).toEqual(['web'])
  expect(numberedNames('web', { count: 3, taken })).toEqual(['web-1', 'web-3', 'web-4'])
  expect(numberedNames('db-8', { count: 2, taken })).toEqual(['db-8', 'db-10'])
  expect(numberedNames('a'.repeat(63), { count: 2, taken: [] })).toEqual([`${'a'.repeat(61)}-1`, `${'a'.repeat(61)}-2`])
})

test('an order of several pieces is under way until the last one is, and done where one of them runs', () => {
  expect(stateOfPieces(['placed', 'placed'])).toBe('placed')
  expect(stateOfPieces(['active', 'placed'])).toBe('provisioning')
  expect(stateOfPieces(['failed', 'active'])).toBe('active')
  expect(stateOfPieces(['refused', 'failed'])).toBe('refused')
})
