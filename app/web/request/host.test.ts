import { expect, test } from 'vitest'
import { hostOf } from './host.ts'

test('the port is not part of the host', () => {
  expect(hostOf('ahorn.localhost:4000')).toBe('ahorn.localhost')
  expect(hostOf('shop.example.com')).toBe('shop.example.com')
})

test.each([
  'AHORN.localhost',
  'ahorn.localhost.',
  'ahorn..localhost',
  'a@ahorn.localhost',
  'ahorn.localhost/x',
  'ahörn.localhost',
  '[::1]:4000',
  '',
  ' ',
])('another spelling, %s, is no known host', (header) => {
  expect(hostOf(header)).toBeUndefined()
})

test('a missing header is no host', () => {
  expect(hostOf(null)).toBeUndefined()
})
