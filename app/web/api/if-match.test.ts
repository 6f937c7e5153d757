import { expect, test } from 'vitest'
import { eTagOf, versionsOf } from './if-match.ts'

test('a writer names versions in quotes, any of them, or none', () => {
  expect(versionsOf(null)).toBeNull()
  expect(versionsOf(' * ')).toBeNull()
  expect(versionsOf(eTagOf('a'))).toEqual(['a'])
  expect(versionsOf('"a", "b"')).toEqual(['a', 'b'])
})

test('a weak mark stands for nothing', () => {
  expect(versionsOf('W/"a"')).toEqual([])
})

test('what is not in quotes is no version', () => {
  expect([versionsOf('a'), versionsOf('"a", b'), versionsOf('')]).toEqual([undefined, undefined, undefined])
})
