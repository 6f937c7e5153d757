import { describe, expect, test } from 'vitest'
import { hashPassword, isOutdatedHash, isPassword } from './password.server.ts'

describe('a password is kept as an argon2id hash', () => {
  test('with 19 MiB, two passes and one lane', async () => {
    const stored = await hashPassword('ahornblatt im wind')
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(isOutdatedHash(stored)).toBe(false)
    expect(isOutdatedHash('$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$aGFzaA')).toBe(true)
  })

  test('of all its characters: nothing is cut at 72 bytes', async () => {
    const long = 'maple '.repeat(20)
    const stored = await hashPassword(`${long}1`)
    expect(await isPassword(`${long}1`, stored)).toBe(true)
    expect(await isPassword(`${long}2`, stored)).toBe(false)
  })

  test('and a composed letter equals the same letter typed in two parts', async () => {
    const stored = await hashPassword('Gr\u00fc\u00dfe aus Wien')
    expect(await isPassword('Gru\u0308\u00dfe aus Wien', stored)).toBe(true)
  })

  test('an unknown person has no password, and finding that out costs the same work', async () => {
    const stored = await hashPassword('ahornblatt im wind')
    const known = await shortest(() => isPassword('wrong guess', stored))
    const unknown = await shortest(() => isPassword('wrong guess', null))
    expect(await isPassword('anything', undefined)).toBe(false)
    expect(unknown / known).toBeGreaterThan(0.5)
    expect(unknown / known).toBeLessThan(2)
  })
})

/** The shortest of some rounds: what other work on the machine adds is not the work itself. */
async function shortest(work: () => Promise<boolean>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < 9; round += 1) {
    const start = performance.now()
    expect(await work()).toBe(false)
    times.push(performance.now() - start)
  }
  return Math.min(...times)
}
