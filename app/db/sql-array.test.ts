import { expect, test } from 'vitest'
import { sqlArray } from './sql-array.server.ts'

const arrayOf = (values: readonly (string | null)[]) => sqlArray(values, (value) => value)

test('a column of rows becomes the text of an array', () => {
  expect(arrayOf(['a', 'b c', '', null, 'NULL', 'x,y', '{}'])).toBe('{"a","b c","",NULL,"NULL","x,y","{}"}')
})

test('quotes and backslashes are escaped', () => {
  expect(arrayOf(['say "hi"', 'C:\\dir'])).toBe('{"say \\"hi\\"","C:\\\\dir"}')
})

test('no rows are an empty array', () => {
  expect(arrayOf([])).toBe('{}')
})
