import { expect, test } from 'vitest'
import { nextName } from './next-name.ts'

test('one more of the same has the next number that is free', () => {
  expect(nextName('web', [])).toBe('web-2')
  expect(nextName('web-2', ['web-2', 'web-3'])).toBe('web-4')
  expect(nextName('web-09', [])).toBe('web-10')
})

test('a name that is as long as it may be gives way to its number', () => {
  const name = nextName('a'.repeat(63), [])
  expect([name.length, name.endsWith('a-2')]).toEqual([63, true])
})
