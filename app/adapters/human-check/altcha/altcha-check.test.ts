import { type Challenge, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { describe, expect, test } from 'vitest'
import { altchaCheck } from './altcha-check.ts'

const check = altchaCheck('a secret of the installation, long')
const now = new Date()
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000)

async function answerTo(task: string, change: (challenge: Challenge) => void = () => undefined): Promise<string> {
  const challenge = JSON.parse(task) as Challenge
  const solution = await solveChallenge({ challenge, deriveKey })
  change(challenge)
  return JSON.stringify({ challenge, solution })
}

describe('a task', () => {
  test('that was solved is proof for ten minutes, always under the same digest', async () => {
    const answer = await answerTo(await check.task(now))
    const solved = await check.solved(answer, now)
    expect(solved?.digest).toMatch(/^[0-9a-f]{64}$/)
    expect(await check.solved(answer, later(9))).toEqual(solved)
    expect(await check.solved(answer, later(10))).toBeNull()
  })

  test('of another installation, made easier or longer lived is none', async () => {
    const other = altchaCheck('a secret of another installation, long')
    expect(await check.solved(await answerTo(await other.task(now)), now)).toBeNull()
    const task = await check.task(now)
    for (const change of [{ cost: 1 }, { keyPrefix: '' }, { expiresAt: Math.floor(later(5).getTime() / 1_000) + 17 }])
      expect(await check.solved(await answerTo(task, ({ parameters }) => Object.assign(parameters, change)), now)).toBeNull()
  })

  test('is not solved by anything else', async () => {
    for (const answer of ['', '{', 'null', '[]', '{"challenge":{}}', 'x'.repeat(5_000)]) expect(await check.solved(answer, now)).toBeNull()
    const task = JSON.parse(await check.task(now))
    expect(await check.solved(JSON.stringify({ challenge: task, solution: { counter: 1, derivedKey: '00ff' } }), now)).toBeNull()
  })
})
