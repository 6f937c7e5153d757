import { expect, test } from 'vitest'
import { buildRacedLevels, raceForCredit } from '#tests/faults/credit-race/race.ts'

const clean = { overspent: 0n, unspent: 0n, forgotten: 0 }

test('200 spenders at once take a limit of 1,000 wholly and never more, five times', async () => {
  const levels = await buildRacedLevels(1)
  for (let round = 0; round < 5; round += 1) expect(await raceForCredit(levels, 200)).toEqual(clean)
})

test('over three levels whoever is refused above gives back what it held below', async () => {
  expect(await raceForCredit(await buildRacedLevels(3), 200)).toEqual(clean)
})
