import { expect, test } from 'vitest'
import { lineOf, readJsonText } from './json-text.ts'

test('every value of a plan is known by its line', () => {
  const read = readJsonText(
    '{\n  "name": { "en": "S" },\n  "usage": [\n    { "meter": "volume" },\n    {\n      "meter": "x"\n    }\n  ]\n}\n',
  )
  expect(read.ok && read.value).toEqual({ name: { en: 'S' }, usage: [{ meter: 'volume' }, { meter: 'x' }] })
  const lines = read.ok ? read.lines : new Map<string, number>()
  expect([lineOf(lines, '/usage/1/meter'), lineOf(lines, '/usage/1/unit'), lineOf(lines, '/currency')]).toEqual([6, 5, 1])
})

test('a broken text is refused with the line where it breaks', () => {
  expect(readJsonText('{\n  "a": 1,\n  "b": }\n')).toEqual({ ok: false, error: 'invalid-json', pointer: '/b', line: 3 })
  expect(readJsonText('{"a": [1, 2,]}')).toMatchObject({ error: 'invalid-json', line: 1 })
  expect(readJsonText('{"a": 1} {')).toMatchObject({ error: 'invalid-json', line: 1 })
  expect(readJsonText('{"a": "open}')).toMatchObject({ error: 'invalid-json', line: 1 })
  expect(readJsonText('')).toMatchObject({ error: 'invalid-json', line: 1 })
  expect(readJsonText('{"a": 01}')).toMatchObject({ error: 'invalid-json' })
})

test('a key given twice is refused, and so is a text deeper than any plan', () => {
  expect(readJsonText('{\n"a": 1,\n"a": 2\n}')).toEqual({ ok: false, error: 'duplicate-key', pointer: '/a', line: 3 })
  expect(readJsonText('['.repeat(60))).toMatchObject({ error: 'too-deep' })
})

test('texts with brackets, quotes and a byte order mark are read as they are', () => {
  const read = readJsonText('\u{FEFF}{"a": "[{\\"x\\":1}]", "b/c": true, "d~": null}')
  expect(read).toMatchObject({ ok: true, value: { a: '[{"x":1}]', 'b/c': true, 'd~': null } })
  expect(read.ok && [...read.lines.keys()]).toEqual(['', '/a', '/b~1c', '/d~0'])
})
