import { expect, test } from 'vitest'
import { judge, type Standing } from './standing.ts'

const day = (day: number, hour = 12) => new Date(Date.UTC(2026, 5, day, hour))
const added: Standing = { state: 'added', verifiedAt: null, missingSince: null }
const active: Standing = { state: 'active', verifiedAt: day(1), missingSince: null }
const all = { hasProof: true, isPointing: true }
const nothing = { hasProof: false, isPointing: false }
const lost = { hasProof: true, isPointing: false }
const unproven = { hasProof: false, isPointing: true }

test('a name is verified by its proof, and active once it leads here', () => {
  expect(judge(added, nothing, day(1))).toEqual({ state: 'verifying', verifiedAt: null, missingSince: null })
  expect(judge(added, lost, day(1))).toEqual({ state: 'verified', verifiedAt: day(1), missingSince: null })
  expect(judge({ ...added, state: 'verified', verifiedAt: day(1) }, all, day(2))).toEqual(active)
})

test('a name that leads here without a proof is nobody’s', () => {
  expect(judge(added, unproven, day(1)).verifiedAt).toBeNull()
})

test.each([nothing, lost, unproven])('three days without its records an active name fails, not before: %o', (finding) => {
  const first = judge(active, finding, day(4))
  expect(first).toEqual({ state: 'active', verifiedAt: day(1), missingSince: day(4) })
  expect(judge(first, finding, day(7, 11)).state).toBe('active')
  expect(judge(first, finding, day(7)).state).toBe('failing')
})

test('one good look brings a failing name back, and a good one between bad ones starts the days anew', () => {
  const failing: Standing = { state: 'failing', verifiedAt: day(1), missingSince: day(4) }
  expect(judge(failing, lost, day(20))).toEqual(failing)
  expect(judge(failing, all, day(20))).toEqual(active)
  const again = judge(judge(judge(active, nothing, day(2)), all, day(3)), nothing, day(4))
  expect(judge(again, nothing, day(6)).state).toBe('active')
})

test('a proven name that never led here fails when its proof is gone for three days', () => {
  const verified: Standing = { state: 'verified', verifiedAt: day(1), missingSince: null }
  const missed = judge(verified, nothing, day(2))
  expect([missed.state, judge(missed, nothing, day(5)).state]).toEqual(['verified', 'failing'])
})
