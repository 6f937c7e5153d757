import { describe, expect, test } from 'vitest'
import { dueReminder, type RemindedSubscription } from './reminder.ts'

const at = (day: string) => new Date(`${day}T10:00:00Z`)

const yearly: RemindedSubscription = {
  spec: {},
  startedAt: at('2025-07-01'),
  termStart: at('2025-07-01'),
  endsAt: at('2026-07-01'),
  trialEndsAt: null,
  renews: true,
  remindedAt: null,
  zone: 'Europe/Berlin',
}
const kindAt = (changes: Partial<RemindedSubscription>, day: string) => dueReminder({ ...yearly, ...changes }, at(day))?.kind

describe('a fixed term', () => {
  test('is announced 14 days before it begins again, and not a day earlier', () => {
    expect([kindAt({}, '2026-06-16'), kindAt({}, '2026-06-17')]).toEqual([undefined, 'renewal'])
  })

  test('that does not begin again is announced as an end', () => {
    expect(kindAt({ renews: false }, '2026-06-17')).toBe('end')
  })

  test('is announced as many days before as its plan says, or never', () => {
    expect([30, 0].map((reminderDays) => kindAt({ spec: { reminderDays } }, '2026-06-02'))).toEqual(['renewal', undefined])
  })

  test('is announced once, and the next term again', () => {
    expect(kindAt({ remindedAt: at('2026-06-17') }, '2026-06-20')).toBeUndefined()
    const next = { remindedAt: at('2026-06-17'), termStart: at('2026-07-01'), endsAt: at('2027-07-01') }
    expect(kindAt(next, '2027-06-17')).toBe('renewal')
  })

  test('that is over, or that there is none of, is announced no more', () => {
    expect([kindAt({}, '2026-07-01'), kindAt({ endsAt: null }, '2026-06-20')]).toEqual([undefined, undefined])
  })

  test('shorter than two announcements is announced in its second half', () => {
    const short = { termStart: at('2026-06-01'), endsAt: at('2026-06-11') }
    expect([kindAt(short, '2026-06-05'), kindAt(short, '2026-06-06')]).toEqual([undefined, 'renewal'])
  })
})

describe('a trial', () => {
  const trial = { startedAt: at('2026-06-01'), endsAt: null, trialEndsAt: at('2026-06-15') }

  test('is announced three days before it is paid for', () => {
    expect([kindAt(trial, '2026-06-11'), kindAt(trial, '2026-06-12')]).toEqual([undefined, 'trial'])
  })

  test('that was stopped is announced as an end', () => {
    expect(kindAt({ ...trial, endsAt: trial.trialEndsAt, renews: false }, '2026-06-12')).toBe('end')
  })

  test('and the term after it are two reminders', () => {
    const both = { ...trial, termStart: at('2026-06-01'), endsAt: at('2027-06-01'), remindedAt: at('2026-06-12') }
    expect([kindAt(both, '2026-06-14'), kindAt(both, '2027-05-18')]).toEqual([undefined, 'renewal'])
  })
})

test('days are those of the seller’s zone, over the change of the clocks', () => {
  const spring = { ...yearly, termStart: at('2025-04-05'), endsAt: new Date('2026-04-05T08:00:00Z') }
  expect([new Date('2026-03-22T08:59:00Z'), new Date('2026-03-22T09:00:00Z')].map((now) => dueReminder(spring, now)?.kind)).toEqual([
    undefined,
    'renewal',
  ])
})
