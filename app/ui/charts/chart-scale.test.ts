import { expect, test } from 'vitest'
import { gridValues, labelStride } from './chart-scale.ts'

test('grid lines start at zero, are round and reach the highest value', () => {
  expect(gridValues(87)).toEqual([0, 25, 50, 75, 100])
  expect(gridValues(4)).toEqual([0, 1, 2, 3, 4])
  expect(gridValues(0.9)).toEqual([0, 0.25, 0.5, 0.75, 1])
})

test('grid lines go below zero where something was given back', () => {
  expect(gridValues(80, String, -18)).toEqual([-25, 0, 25, 50, 75, 100])
  expect(gridValues(0, String, -4)).toEqual([-4, -3, -2, -1, 0])
})

test('lines whose values read the same are left out', () => {
  const cents = (value: number) => value.toFixed(2)
  expect(gridValues(0.02, cents).map(cents)).toEqual(['0.00', '0.01', '0.02'])
  expect(gridValues(0.9, cents)).toEqual([0, 0.25, 0.5, 0.75, 1])
})

test('a chart of nothing still has a zero line', () => {
  expect(gridValues(0)).toEqual([0, 1])
})

test('labels thin out when they would touch', () => {
  expect(labelStride(31, 8)).toBe(4)
  expect(labelStride(5, 8)).toBe(1)
})
