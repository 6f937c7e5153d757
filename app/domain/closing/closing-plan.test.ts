import { expect, test } from 'vitest'
import { closingStep, eraseDay, graceEnd, usualClosing } from './closing-plan.ts'

const asked = new Date('2026-06-01T10:00:00Z')
const graceEndsAt = graceEnd(asked, usualClosing)
const at = (iso: string) => new Date(iso)

test('a closing can be undone for thirty days unless the seller says otherwise', () => {
  expect(graceEndsAt).toEqual(at('2026-07-01T10:00:00Z'))
  expect(graceEnd(asked, { graceDays: 7, retentionDays: 1 })).toEqual(at('2026-06-08T10:00:00Z'))
})

test('books are kept from the end of the seller’s year, leap days counted', () => {
  expect(eraseDay(at('2026-12-31T23:30:00Z'), { ...usualClosing, timeZone: 'Europe/Berlin' })).toBe('2037-12-31')
  expect(eraseDay(at('2026-12-31T22:30:00Z'), { graceDays: 1, retentionDays: 1, timeZone: 'Europe/Berlin' })).toBe('2027-01-01')
})

test('three days before the end somebody is told once, and nothing is closed while anything runs', () => {
  const standing = { graceEndsAt, isReminded: false, servicesLeft: 0 }
  expect(closingStep(standing, at('2026-06-28T09:59:59Z'))).toBe('wait')
  expect(closingStep(standing, at('2026-06-28T10:00:00Z'))).toBe('remind')
  expect(closingStep({ ...standing, isReminded: true }, at('2026-06-30T10:00:00Z'))).toBe('wait')
  expect(closingStep(standing, graceEndsAt)).toBe('close')
  expect(closingStep({ ...standing, servicesLeft: 1 }, at('2026-08-01T00:00:00Z'))).toBe('wait')
})
