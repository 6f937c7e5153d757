import { expect, test } from 'vitest'
import { evaluate, holds, parseExpression, pathEquality } from './expression.ts'

const event = { data: { id: 7, name: "O'Hara", paid: true, nested: { deep: 'x' } } }
const value = (text: string, async?: unknown) => evaluate(parseExpression(text), { event, async })

test('a path leads into the event', () => {
  expect(value('event.data.nested.deep')).toBe('x')
  expect(value('event.data.nothing.there')).toBeUndefined()
  expect(value('event.data.constructor')).toBeUndefined()
})

test('values are compared without conversion', () => {
  expect(value('event.data.id == 7')).toBe(true)
  expect(value(`event.data.id == '7'`)).toBe(false)
  expect(value(`event.data.name == 'O\\'Hara'`)).toBe(true)
  expect(value('event.data.paid != false')).toBe(true)
})

test('two absent values are not a match', () => {
  expect(value('event.data.missing == async.data.missing', { data: {} })).toBe(false)
  expect(value('event.data.missing == null')).toBe(false)
})

test('and binds closer than or; parentheses and not change that', () => {
  expect(value('event.data.id == 1 && event.data.paid || event.data.id == 7')).toBe(true)
  expect(value('event.data.id == 1 && (event.data.paid || event.data.id == 7)')).toBe(false)
  expect(value('!(event.data.id == 1)')).toBe(true)
})

test('texts and numbers are joined by plus', () => {
  expect(value(`event.data.name + '-' + event.data.id`)).toBe("O'Hara-7")
  expect(value('event.data.id + 1 == 8')).toBe(true)
})

test('an absent condition holds', () => {
  expect(holds(undefined, { event })).toBe(true)
  expect(holds('', { event })).toBe(true)
})

test.each([
  'event.data.id > 7',
  'size(event.data)',
  'event.data.id ==',
  'data.id == 1',
  'event.data.id == 7 7',
  '(event.data.id == 7',
  '@',
])('what the executor cannot run is refused: %s', (text) => {
  expect(() => parseExpression(text)).toThrow('cannot run the expression')
})

test('an equality of two paths is looked up by value', () => {
  expect(pathEquality('async.data.a == event.data.b')).toEqual({ eventPath: ['data', 'b'], asyncPath: ['data', 'a'] })
  expect(pathEquality(`event.data.a == 'x'`)).toBeUndefined()
})
