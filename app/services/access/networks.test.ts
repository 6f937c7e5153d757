import { expect, test } from 'vitest'
import { isAmong, networksOf } from './networks.ts'

test('addresses and networks are read from lines, commas and blanks', () => {
  expect(networksOf('203.0.113.7\n10.0.0.0/8, 2001:DB8::/32')).toEqual(['203.0.113.7/32', '10.0.0.0/8', '2001:db8::/32'])
  expect(networksOf('')).toEqual([])
  for (const wrong of ['example.org', '10.0.0.0/33', '10.0.0.0/8/8', '10.0.0.0/-1', '2001:db8::/129']) expect(networksOf(wrong)).toBeNull()
})

test('an address counts as itself, also when IPv4 comes as IPv6', () => {
  const networks = networksOf('10.1.0.0/16 2001:db8::/32') ?? []
  expect(isAmong('10.1.255.1', networks)).toBe(true)
  expect(isAmong('::ffff:10.1.0.9', networks)).toBe(true)
  expect(isAmong('10.2.0.1', networks)).toBe(false)
  expect(isAmong('2001:db8::5', networks)).toBe(true)
  expect(isAmong('2001:db9::5', networks)).toBe(false)
})
