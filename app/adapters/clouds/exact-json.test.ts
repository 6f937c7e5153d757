import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseExactJson } from './exact-json.ts'

test('a number keeps the digits its sender wrote', () => {
  expect(parseExactJson('{"hours":0.10000000000000000000000001,"ids":[1,-2.50,3e-7]}').exact).toEqual({
    hours: '0.10000000000000000000000001',
    ids: ['1', '-2.50', '3e-7'],
  })
})

test('digits inside texts stay as they are', () => {
  const text = '{"na\\"me 1":"a \\\\\\" 2","3":"\\\\","b":true,"n":null,"e":"","x":4}'
  expect(parseExactJson(text)).toEqual({
    value: { 'na"me 1': 'a \\" 2', '3': '\\', b: true, n: null, e: '', x: 4 },
    exact: { 'na"me 1': 'a \\" 2', '3': '\\', b: true, n: null, e: '', x: '4' },
  })
})

test('truncated JSON is refused', () => {
  expect(() => parseExactJson('{"a":[1,2')).toThrow(SyntaxError)
})

test('whatever the JSON, its exact reading differs in the numbers only', () => {
  const asText = (value: unknown): unknown => {
    if (typeof value === 'number') return JSON.stringify(value)
    if (Array.isArray(value)) return value.map(asText)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, asText(held)]))
  }
  fc.assert(
    fc.property(fc.json(), (text) => {
      const { value, exact } = parseExactJson(text)
      expect(JSON.stringify(exact)).toBe(JSON.stringify(asText(value)))
    }),
  )
})
