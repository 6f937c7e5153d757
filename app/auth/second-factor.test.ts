import { generateHOTP } from '@oslojs/otp'
import { describe, expect, test } from 'vitest'
import { stepOfCode } from './app-codes.ts'
import { hashOfRecoveryCode, looksLikeRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'

// RFC 6238, appendix B: this key at these seconds gives these codes, of which the last six digits are shown here.
const key = new TextEncoder().encode('12345678901234567890')
const known: readonly [number, string][] = [
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
]

describe('a code of the app', () => {
  test.each(known)('at second %i is the one of the standard', (seconds, code) => {
    const now = new Date(seconds * 1000)
    expect(stepOfCode({ key, code, now, lastStep: null })).toBe(BigInt(Math.floor(seconds / 30)))
    expect(stepOfCode({ key, code: `${code.slice(0, 3)} ${code.slice(3)}`, now, lastStep: null })).not.toBeNull()
  })

  test('counts half a minute early and late, not a minute', () => {
    const now = new Date('2026-10-01T10:00:00Z')
    const step = BigInt(now.getTime() / 30_000)
    const taken = [-2n, -1n, 0n, 1n, 2n].map((off) => stepOfCode({ key, code: generateHOTP(key, step + off, 6), now, lastStep: null }))
    expect(taken).toEqual([null, step - 1n, step, step + 1n, null])
  })

  test('counts once, and none before it counts afterwards', () => {
    const now = new Date('2026-10-01T10:00:00Z')
    const step = BigInt(now.getTime() / 30_000)
    const with_ = (off: bigint) => stepOfCode({ key, code: generateHOTP(key, step + off, 6), now, lastStep: step })
    expect([with_(-1n), with_(0n), with_(1n)]).toEqual([null, null, step + 1n])
  })

  test.each(['', '28708', '2870822', 'abcdef', '２８７０８２'])('is not %j', (code) => {
    expect(stepOfCode({ key, code, now: new Date(59_000), lastStep: null })).toBeNull()
  })
})

describe('recovery codes', () => {
  test('are ten of eighty bits, none twice', () => {
    const codes = newRecoveryCodes()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[a-z2-7]{4}(-[a-z2-7]{4}){3}$/)
  })

  test('may be typed with blanks and capitals, and belong to one person', () => {
    const [code = ''] = newRecoveryCodes()
    const typed = code.toUpperCase().replaceAll('-', ' ')
    expect(looksLikeRecoveryCode(typed)).toBe(true)
    expect(looksLikeRecoveryCode('123456')).toBe(false)
    expect(hashOfRecoveryCode('a', typed)).toBe(hashOfRecoveryCode('a', code))
    expect(hashOfRecoveryCode('b', code)).not.toBe(hashOfRecoveryCode('a', code))
  })
})
