import { afterEach, describe, expect, test } from 'vitest'
import { fixedClock, setClock } from '#app/config/clock.server.ts'
import { clearAttempts, takeAttempt } from './attempt-limits.server.ts'

afterEach(() => setClock())

describe('sign-in attempts', () => {
  test('end after ten for one person, and begin again a quarter of an hour after the first', () => {
    setClock(fixedClock('2026-10-01T10:00:00Z'))
    const allowed = Array.from({ length: 10_000 }, () => takeAttempt('person', 'ahorn lena@example.test')).filter(Boolean)
    expect(allowed.length).toBe(10)

    setClock(fixedClock('2026-10-01T10:14:59Z'))
    expect(takeAttempt('person', 'ahorn lena@example.test')).toBe(false)
    setClock(fixedClock('2026-10-01T10:15:00Z'))
    expect(takeAttempt('person', 'ahorn lena@example.test')).toBe(true)
  })

  test('of one person do not use up those of another, nor of the same address in another store', () => {
    setClock(fixedClock('2026-10-02T10:00:00Z'))
    while (takeAttempt('person', 'ahorn one@example.test'));
    expect(takeAttempt('person', 'ahorn two@example.test')).toBe(true)
    expect(takeAttempt('person', 'lakeside one@example.test')).toBe(true)
  })

  test('are forgotten when the right password came', () => {
    setClock(fixedClock('2026-10-03T10:00:00Z'))
    while (takeAttempt('person', 'ahorn one@example.test'));
    clearAttempts('person', 'ahorn one@example.test')
    expect(takeAttempt('person', 'ahorn one@example.test')).toBe(true)
  })
})
