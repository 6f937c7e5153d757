import { expect, test } from 'vitest'
import { type CreditStep, type StandingSteps, stepsAt, usualThresholds } from './thresholds.ts'

const now = new Date('2026-07-02T00:00:00Z')
const customer = usualThresholds({ isReseller: false })
const stood = (...steps: readonly (readonly [CreditStep, string])[]): StandingSteps =>
  new Map(steps.map(([step, at]) => [step, new Date(at)]))
const at = (used: number, steps: StandingSteps = new Map(), thresholds = customer) => [
  ...stepsAt(thresholds, { used, availableMinor: BigInt(Math.round((100 - used) * 100)), daysLeft: null }, { steps, now }),
]

test('warnings come at 80 and 95 %', () => {
  expect(at(79.99)).toEqual([])
  expect(at(80)).toEqual(['warn-80'])
  expect(at(95)).toEqual(['warn-80', 'warn-95'])
})

test('a warning is over only five points below', () => {
  const warned = stood(['warn-80', '2026-07-01T00:00:00Z'])
  expect(at(75.01, warned)).toEqual(['warn-80'])
  expect(at(75, warned)).toEqual([])
})

test('at 100 % orders are blocked, and free again as soon as anything is available', () => {
  expect(at(100)).toContain('block')
  expect(at(99.99, stood(['block', '2026-07-01T00:00:00Z']))).not.toContain('block')
})

test('112 % block at once and suspend only when it is still so 24 hours later', () => {
  expect(at(112)).toEqual(['warn-80', 'warn-95', 'block', 'over'])
  expect(at(112, stood(['over', '2026-07-01T00:00:01Z']))).not.toContain('suspend')
  expect(at(112, stood(['over', '2026-07-01T00:00:00Z']))).toContain('suspend')
})

test('services that stand still go on once there is room, not a little earlier', () => {
  const suspended = stood(['over', '2026-06-01T00:00:00Z'], ['suspend', '2026-06-02T00:00:00Z'])
  expect(at(104, suspended)).toContain('suspend')
  expect(at(99, suspended)).not.toContain('suspend')
})

test('a reseller is blocked, its customers run on', () => {
  expect(at(150, stood(['over', '2026-06-01T00:00:00Z']), usualThresholds({ isReseller: true }))).not.toContain('suspend')
})

test('a prepaid account is warned under three days, blocked at the end and suspended a day later', () => {
  const prepaid = (availableMinor: bigint, daysLeft: number | null, steps: StandingSteps = new Map()) => [
    ...stepsAt(customer, { used: null, availableMinor, daysLeft }, { steps, now }),
  ]
  expect(prepaid(500n, 3)).toEqual([])
  expect(prepaid(500n, 2.9)).toEqual(['warn'])
  expect(prepaid(0n, null)).toEqual([])
  expect(prepaid(-1n, 0)).toEqual(['warn', 'block', 'over'])
  expect(prepaid(-1n, 0, stood(['over', '2026-07-01T00:00:00Z']))).toContain('suspend')
})
