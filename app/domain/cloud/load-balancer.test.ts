import { expect, test } from 'vitest'
import { addBalancerRule, type BalancerRule, balancerProblem } from './load-balancer.ts'

const web: BalancerRule = { protocol: 'tcp', port: 443, serverPort: 8443 }

test.each<[string, Partial<BalancerRule>]>([
  ['malformed-port', { port: 0 }],
  ['malformed-port', { port: 65_536 }],
  ['malformed-server-port', { port: 80, serverPort: 0 }],
  ['port-taken', { serverPort: 9_000 }],
])('a rule is refused as %s', (error, change) => {
  expect(addBalancerRule([web], { ...web, ...change })).toEqual({ ok: false, error })
})

test('two rules lead to the same port of the servers, and two protocols listen on one number', () => {
  expect(balancerProblem([web, { ...web, port: 8443 }, { ...web, protocol: 'udp' }])).toBeNull()
  expect(balancerProblem([web, web])).toBe('port-taken')
  const many = Array.from({ length: 51 }, (_, at) => ({ ...web, port: at + 1 }))
  expect(balancerProblem(many)).toBe('too-many-rules')
})
