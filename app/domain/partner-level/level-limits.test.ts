import { expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { levelLimits } from './level-limits.ts'

const day = (text: string) => new Date(`${text}T00:00:00Z`)
const eur = (minor: bigint) => money(minor, 'EUR')
const bronze = { levelId: 'bronze', limit: eur(100_000n), validFrom: day('2026-01-01') }
const silver = { levelId: 'silver', limit: eur(500_000n), validFrom: day('2026-01-01') }
const june = day('2026-06-15')

test('a move to another level brings its limit on the day of the move, and the announced one of a level on its own', () => {
  const spells = [
    { levelId: 'bronze', validFrom: day('2026-02-01'), validTo: day('2026-07-01') },
    { levelId: 'silver', validFrom: day('2026-07-01'), validTo: null },
  ]
  const raised = { ...silver, limit: eur(600_000n), validFrom: day('2026-08-01') }
  expect(levelLimits({ spells, limits: [bronze, silver, raised], currency: 'EUR', at: june })).toEqual([
    { from: june, limit: eur(100_000n) },
    { from: day('2026-07-01'), limit: eur(500_000n) },
    { from: day('2026-08-01'), limit: eur(600_000n) },
  ])
})

test('without a level, and in a currency the level has no limit in, nothing may be owed', () => {
  const spells = [{ levelId: 'bronze', validFrom: day('2026-02-01'), validTo: null }]
  expect(levelLimits({ spells: [], limits: [bronze], currency: 'EUR', at: june })).toEqual([{ from: june, limit: eur(0n) }])
  expect(levelLimits({ spells, limits: [bronze], currency: 'CHF', at: june })).toEqual([{ from: june, limit: money(0n, 'CHF') }])
})
