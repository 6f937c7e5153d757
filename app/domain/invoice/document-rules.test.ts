import { expect, test } from 'vitest'
import { allocate } from '../money/allocate.ts'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { localDateOf } from '../time/local-date.ts'
import { checkCredit, creditRoom } from './credit-room.ts'
import { formatDocumentNumber, seriesYear } from './document-number.ts'
import { changeStatus, statusOf } from './invoice-status.ts'

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

test('an invoice of 11.90 is credited in thirds of 3.97, 3.97 and 3.96, and a fourth is refused', () => {
  const thirds = allocate(eur(1190n), [new Decimal(1), new Decimal(1), new Decimal(1)])
  expect(thirds.map((third) => third.minor)).toEqual([397n, 397n, 396n])
  expect(checkCredit({ total: eur(1190n), credited: eur(794n), requested: eur(396n) })).toEqual({ ok: true, value: eur(396n) })
  expect(creditRoom(eur(1190n), eur(1190n))).toEqual(eur(0n))
  expect(checkCredit({ total: eur(1190n), credited: eur(1190n), requested: eur(1n) })).toEqual({
    ok: false,
    error: 'credit-exceeds-invoice',
  })
})

test('a void invoice stays void, a paid one cannot be voided', () => {
  expect(changeStatus('void', 'paid')).toEqual({ ok: false, error: 'status-change-not-allowed' })
  expect(changeStatus('paid', 'void')).toEqual({ ok: false, error: 'status-change-not-allowed' })
  expect(changeStatus('open', 'void')).toEqual({ ok: true, value: 'void' })
  expect(changeStatus('void', 'void')).toEqual({ ok: true, value: 'void' })
})

test('what was paid decides the status', () => {
  expect(statusOf({ total: eur(0n), paid: eur(0n), isPastDue: false })).toBe('paid')
  expect(statusOf({ total: eur(100n), paid: eur(40n), isPastDue: false })).toBe('partly-paid')
  expect(statusOf({ total: eur(100n), paid: eur(40n), isPastDue: true })).toBe('overdue')
  expect(statusOf({ total: eur(100n), paid: eur(0n), isPastDue: false })).toBe('open')
})
