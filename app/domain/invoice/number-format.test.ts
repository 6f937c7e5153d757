import { expect, test } from 'vitest'
import { hasSameShape, mayCollide, type NumberFormat, parseNumberFormat, writeNumber } from './number-format.ts'

const names = { prefix: 'LC', documentType: 'invoice' } as const

function read(format: string): NumberFormat {
  const parsed = parseNumberFormat(format, names)
  if (!parsed.ok) throw new Error(parsed.error)
  return parsed.value
}

test('an issuer sets how its numbers look', () => {
  const year = { year: 2026, sequence: 42 }
  expect(writeNumber(read('{prefix}-{year}-{number:5}'), year)).toBe('LC-2026-00042')
  expect(writeNumber(read('{type}{year}.{number}'), year)).toBe('INV2026.42')
  expect(writeNumber(read('R{number:3}_{year}'), year)).toBe('R042_2026')
})

test.each([
  ['{prefix}-{number:5}', 'year-missing'],
  ['{prefix}-{year}', 'number-missing'],
  ['{year}-{number}-{number}', 'number-missing'],
  ['{year}-{month}-{number}', 'unknown-token'],
  ['{year}-{number:5', 'unknown-token'],
  ['{year}/{number}', 'character-not-allowed'],
  ['{year} {number}', 'character-not-allowed'],
  ['A-very-long-text-before-the-{year}-{number:9}', 'format-too-long'],
])('%s is refused: %s', (format, problem) => {
  expect(parseNumberFormat(format, names)).toEqual({ ok: false, error: problem })
})

test('two series whose numbers could be equal are told', () => {
  expect(mayCollide(read('LC-{year}-{number:5}'), read('LC-{year}-{number:6}'))).toBe(true)
  expect(mayCollide(read('LC{year}{number}'), read('LC2{year}{number}'))).toBe(true)
  expect(mayCollide(read('{year}-{number}'), read('{number}-{year}'))).toBe(true)
  expect(mayCollide(read('LC-{year}-{number:5}'), read('LC-CN-{year}-{number:5}'))).toBe(false)
  expect(mayCollide(read('{year}-{number}A'), read('{year}-{number}B'))).toBe(false)
  expect(mayCollide(read('{year}-{number}'), read('{year}-{number}C'))).toBe(false)
})

test('more digits are the same series with more digits', () => {
  expect(hasSameShape(read('{prefix}-{year}-{number:5}'), read('LC-{year}-{number:6}'))).toBe(true)
  expect(hasSameShape(read('LC-{year}-{number:5}'), read('LC-{number:5}-{year}'))).toBe(false)
})
