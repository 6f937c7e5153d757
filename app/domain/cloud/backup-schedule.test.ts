import { expect, test } from 'vitest'
import { firstBackup, nextBackup } from './backup-schedule.ts'

const nightly = { every: 'day', hour: 3, keep: 7 } as const
const zone = 'Europe/Vienna'

test('the first backup is at the next such hour of the seller, today or tomorrow', () => {
  expect(firstBackup(nightly, new Date('2026-06-10T00:30:00Z'), zone)).toEqual(new Date('2026-06-10T01:00:00Z'))
  expect(firstBackup(nightly, new Date('2026-06-10T01:00:00Z'), zone)).toEqual(new Date('2026-06-11T01:00:00Z'))
})

test('what was missed is not made up for, and a week keeps its day', () => {
  const due = new Date('2026-06-10T01:00:00Z')
  const late = new Date('2026-06-13T12:00:00Z')
  expect(nextBackup(nightly, { due, now: late, zone })).toEqual(new Date('2026-06-14T01:00:00Z'))
  expect(nextBackup({ ...nightly, every: 'week' }, { due, now: late, zone })).toEqual(new Date('2026-06-17T01:00:00Z'))
})
