import { expect, test } from 'vitest'
import { addRule, type FirewallRule, firewallProblem } from './firewall.ts'
import { networkProblem } from './guest-network.ts'
import { parseIpv6, parseRange } from './network-range.ts'

const web: FirewallRule = { direction: 'in', protocol: 'tcp', firstPort: 80, lastPort: 443, range: '0.0.0.0/0' }

test.each<[string, Partial<FirewallRule>]>([
  ['malformed-range', { range: '10.0.0.1/24' }],
  ['malformed-range', { range: '10.0.0.0/33' }],
  ['malformed-range', { range: '010.0.0.0/8' }],
  ['ports-missing', { lastPort: null }],
  ['malformed-ports', { firstPort: 444 }],
  ['malformed-ports', { firstPort: 0 }],
  ['malformed-ports', { lastPort: 65_536 }],
  ['ports-without-meaning', { protocol: 'icmp' }],
])('a rule is refused as %s', (error, change) => {
  expect(addRule([], { ...web, ...change })).toEqual({ ok: false, error })
})

test('a rule that another one lets through already adds nothing; one in the other direction, or wider, does', () => {
  const narrower = { ...web, firstPort: 443, range: '203.0.113.0/24' }
  expect(addRule([web], narrower)).toEqual({ ok: false, error: 'rule-covered' })
  expect(addRule([narrower], web)).toMatchObject({ ok: true })
  expect(addRule([web], { ...narrower, direction: 'out' })).toMatchObject({ ok: true })
  expect(addRule([web], { ...web, range: '::/0' })).toMatchObject({ ok: true })
  expect(firewallProblem([web, narrower])).toBe('rule-covered')
})

test('a range begins with its first address, in both families', () => {
  expect(parseRange('203.0.113.0/24')).toEqual({ family: 4, first: 3_405_803_776n, prefix: 24 })
  expect(parseRange('2001:db8::/32')?.first).toBe(0x20010db8n << 96n)
  expect(parseRange('2001:db8::1/32')).toBeNull()
  expect([parseIpv6('::1'), parseIpv6('1:2:3:4:5:6:7:8:9'), parseIpv6('1::2::3'), parseIpv6('12345::')]).toEqual([1n, null, null, null])
})

test.each([
  ['10.0.0.0/24', [], null],
  ['10.0.0.128/25', ['10.0.0.0/24'], 'range-overlaps'],
  ['10.0.1.0/24', ['10.0.0.0/24'], null],
  ['172.32.0.0/16', [], 'range-not-private'],
  ['10.0.0.0/8', [], 'range-size'],
  ['10.0.0.0/29', [], 'range-size'],
  ['fd00::/64', [], 'malformed-range'],
])('a network of %s beside %j: %s', (range, others, problem) => {
  expect(networkProblem(range, others)).toBe(problem)
})
