import fc from 'fast-check'
import { expect, test } from 'vitest'
import { orderVersions, versionAt } from '../version.ts'
import { planCorrection, planNextVersion, type StandingVersion } from './plan-versions.ts'

const at = (month: number) => new Date(Date.UTC(2026, month - 1, 1))
const version = (id: string, from: number, to: number | null, isWithdrawn = false): StandingVersion => ({
  id,
  number: Number(id),
  validFrom: at(from),
  validTo: to === null ? null : at(to),
  isWithdrawn,
})

test('the first version of a book closes nothing', () => {
  expect(planNextVersion([], at(1))).toEqual({ ok: true, value: { closes: null, number: 1 } })
})

test('a new version ends the one in force; numbers are never used twice, withdrawn ones included', () => {
  expect(planNextVersion([version('1', 1, 4, true), version('2', 1, null)], at(4))).toEqual({ ok: true, value: { closes: '2', number: 3 } })
  expect(planNextVersion([version('1', 1, 4)], at(4))).toEqual({ ok: true, value: { closes: null, number: 2 } })
})

test('overlaps, gaps and a version without duration are refused', () => {
  const versions = [version('1', 1, 4), version('2', 4, null)]
  expect(planNextVersion(versions, at(2))).toEqual({ ok: false, error: 'version-overlap' })
  expect(planNextVersion(versions, at(4))).toEqual({ ok: false, error: 'empty-version' })
  expect(planNextVersion([version('1', 1, 6)], at(4))).toEqual({ ok: false, error: 'version-overlap' })
  expect(planNextVersion([version('1', 1, 4)], at(6))).toEqual({ ok: false, error: 'version-gap' })
})

test('a corrected version takes the span of the wrong one, once', () => {
  const versions = [version('1', 1, 4), version('2', 4, null)]
  expect(planCorrection(versions, '1')).toEqual({ ok: true, value: { number: 3, validFrom: at(1), validTo: at(4) } })
  expect(planCorrection([version('1', 1, 4, true), version('3', 1, 4), version('2', 4, null)], '1')).toEqual({
    ok: false,
    error: 'version-withdrawn',
  })
  expect(planCorrection(versions, '9')).toEqual({ ok: false, error: 'version-not-found' })
})

test('whatever is published and corrected, exactly one version applies at each instant', () => {
  const deeds = fc.array(
    fc.record({ month: fc.integer({ min: 1, max: 24 }), corrects: fc.integer({ min: 0, max: 9 }), isCorrection: fc.boolean() }),
  )
  fc.assert(
    fc.property(deeds, fc.integer({ min: 1, max: 30 }), (list, month) => {
      const standing = list.reduce(perform, [version('1', 1, null)]).filter((one) => !one.isWithdrawn)
      expect(orderVersions(standing).ok).toBe(true)
      expect(standing.filter((one) => versionAt([one], at(month)) !== undefined)).toHaveLength(1)
    }),
  )
})

function perform(versions: StandingVersion[], deed: { month: number; corrects: number; isCorrection: boolean }): StandingVersion[] {
  if (deed.isCorrection) {
    const wrong = versions[deed.corrects % versions.length]
    const step = planCorrection(versions, wrong?.id ?? '')
    if (!step.ok) return versions
    const { number, validFrom, validTo } = step.value
    const rest = versions.map((one) => (one === wrong ? { ...one, isWithdrawn: true } : one))
    return [...rest, { id: String(number), number, validFrom, validTo, isWithdrawn: false }]
  }
  const step = planNextVersion(versions, at(deed.month))
  if (!step.ok) return versions
  const { closes, number } = step.value
  const rest = versions.map((one) => (one.id === closes ? { ...one, validTo: at(deed.month) } : one))
  return [...rest, { id: String(number), number, validFrom: at(deed.month), validTo: null, isWithdrawn: false }]
}
