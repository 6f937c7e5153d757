import { expect, test } from 'vitest'
import { money } from '../money/money.ts'
import { localDateOf } from '../time/local-date.ts'
import { formatDocumentNumber, seriesYear } from './document-number.ts'
import { changeStatus, shownStatus, statusOf } from './invoice-status.ts'

const eur = (minor: bigint) => money(minor, 'EUR')

test('numbers are printed with prefix, year and five digits', () => {
  const series = { prefix: 'LC', format: null, documentType: 'invoice', year: 2026 } as const
  expect(formatDocumentNumber({ ...series, sequence: 1 })).toBe('LC-2026-00001')
  expect(formatDocumentNumber({ ...series, sequence: 123456 })).toBe('LC-2026-123456')
  expect(formatDocumentNumber({ ...series, documentType: 'credit-note', sequence: 7 })).toBe('LC-CN-2026-00007')
})

test("the year of a number is that of the issuer's own calendar", () => {
  const newYearsEve = new Date('2026-12-31T21:00:00Z')
  expect(seriesYear(localDateOf(newYearsEve, 'Asia/Dubai'))).toBe(2027)
  expect(seriesYear(localDateOf(newYearsEve, 'Europe/Zurich'))).toBe(2026)
})

test('a void invoice stays void, a paid one cannot be voided', () => {
  expect(changeStatus('void', 'paid')).toEqual({ ok: false, error: 'status-change-not-allowed' })
  expect(changeStatus('paid', 'void')).toEqual({ ok: false, error: 'status-change-not-allowed' })
  expect(changeStatus('open', 'void')).toEqual({ ok: true, value: 'void' })
  expect(changeStatus('void', 'void')).toEqual({ ok: true, value: 'void' })
})

test('what was settled decides the status', () => {
  expect(statusOf({ total: eur(0n), paid: eur(0n) })).toBe('paid')
  expect(statusOf({ total: eur(100n), paid: eur(40n) })).toBe('partly-paid')
  expect(statusOf({ total: eur(100n), paid: eur(0n) })).toBe('open')
})

test('an open invoice is overdue from the day after its due date on', () => {
  const due = { status: 'partly-paid', dueDate: '2026-07-15' } as const
  expect(shownStatus({ ...due, today: '2026-07-15' })).toBe('partly-paid')
  expect(shownStatus({ ...due, today: '2026-07-16' })).toBe('overdue')
  expect(shownStatus({ ...due, status: 'paid', today: '2026-07-16' })).toBe('paid')
})

test('every way from one status to another is on the list', () => {
  const all = ['open', 'partly-paid', 'paid', 'void', 'uncollectible', 'issued'] as const
  const ways = all.flatMap((from) => all.filter((to) => from !== to && changeStatus(from, to).ok).map((to) => `${from} > ${to}`))
  expect(ways).toEqual([
    'open > partly-paid',
    'open > paid',
    'open > void',
    'open > uncollectible',
    'partly-paid > open',
    'partly-paid > paid',
    'partly-paid > uncollectible',
    'paid > open',
    'paid > partly-paid',
    'uncollectible > partly-paid',
    'uncollectible > paid',
    'issued > void',
  ])
})
