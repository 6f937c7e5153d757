import { expect, test } from 'vitest'
import { trialOf, trialProblem } from './trial-terms.ts'

const none = { servers: 0, vcpus: 0, diskGib: 0, trafficGb: 0 }
const size = { vcpus: 2, diskGib: 40 }

test('a product has a trial when it says how long, with the limits that it names', () => {
  expect(trialOf({ trialServers: 2 })).toBeNull()
  expect(trialOf({ trialDays: 14, trialServers: 2, trialTrafficGb: 100, trialUse: 'once', trialVcpus: 'many' })).toEqual({
    isOnce: true,
    limits: { servers: 2, vcpus: null, diskGib: null, trafficGb: 100 },
  })
})

test('one more begins in trial up to each limit, and not beyond', () => {
  const terms = { isOnce: false, limits: { servers: 2, vcpus: 4, diskGib: 100, trafficGb: 50 } }
  const judge = (used: Partial<typeof none>, asked: typeof size | null = size) =>
    trialProblem(terms, { used: { ...none, ...used }, hadBefore: true }, asked)
  expect([judge({}), judge({ servers: 1, vcpus: 2, diskGib: 40, trafficGb: 49.9 })]).toEqual([null, 'trial-limit'])
  expect(judge({ servers: 1, vcpus: 2, diskGib: 40, trafficGb: 49 })).toBeNull()
  expect(judge({ servers: 2 })).toBe('trial-limit')
  expect(judge({ vcpus: 3 })).toBe('trial-limit')
  expect(judge({ diskGib: 61 })).toBe('trial-limit')
  expect(judge({ vcpus: 4, diskGib: 100 }, null)).toBeNull()
})

test('a trial that is given once is not given again, however little is used', () => {
  const terms = { isOnce: true, limits: { servers: 5, vcpus: null, diskGib: null, trafficGb: null } }
  expect(trialProblem(terms, { used: none, hadBefore: true }, size)).toBe('trial-used')
  expect(trialProblem(terms, { used: none, hadBefore: false }, size)).toBeNull()
})
