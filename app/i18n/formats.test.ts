import { describe, expect, test } from 'vitest'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import {
  formatCountry,
  formatDate,
  formatDateTime,
  formatLocalDate,
  formatMoney,
  formatMonth,
  formatPercent,
  formatPeriod,
  formatQuantity,
  formatRate,
} from './formats.ts'
import { localeOf } from './languages.ts'

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')
const germany = localeOf('de', 'DE')
const austria = localeOf('de', 'AT')
const switzerland = localeOf('de', 'CH')
const gulf = localeOf('ar', 'AE')

describe('money', () => {
  test("is written the way the seller's country writes it", () => {
    expect(plain(formatMoney(money(123456n, 'EUR'), germany))).toBe('1.234,56 €')
    expect(plain(formatMoney(money(123456n, 'EUR'), austria))).toBe('€ 1.234,56')
    expect(plain(formatMoney(money(2290n, 'CHF'), switzerland))).toBe('CHF 22.90')
  })

  test('has the decimals of its ISO currency, whatever Intl would show', () => {
    expect(plain(formatMoney(money(1999n, 'JPY'), germany))).toBe('1.999 ¥')
    expect(plain(formatMoney(money(1999n, 'KWD'), germany, 'code'))).toBe('1,999 KWD')
    expect(plain(formatMoney(money(199900n, 'HUF'), germany, 'code'))).toBe('1.999,00 HUF')
  })

  test('beyond the reach of floats stays exact', () => {
    expect(plain(formatMoney(money(900719925474099301n, 'EUR'), germany))).toBe('9.007.199.254.740.993,01 €')
  })

  test('in a column whose head names the currency is a bare number', () => {
    expect(formatMoney(money(-950n, 'EUR'), germany, 'none')).toBe('-9,50')
    expect(formatMoney(money(123456n, 'AED'), gulf, 'none')).toBe('1,234.56')
  })
})

describe('rates', () => {
  test('are shown to six decimals, with at least the decimals of the currency', () => {
    expect(plain(formatRate(new Decimal('0.0083333333'), 'EUR', germany))).toBe('0,008333 €')
    expect(plain(formatRate(new Decimal('0.12'), 'EUR', germany))).toBe('0,12 €')
  })

  test('on a document show every stored decimal', () => {
    expect(formatRate(new Decimal('0.008333333333'), 'EUR', germany, { style: 'none', exact: true })).toBe('0,008333333333')
  })
})

test('a quantity is shown exactly as measured', () => {
  expect(formatQuantity(new Decimal('2.95288'), germany)).toBe('2,95288')
  expect(formatQuantity(new Decimal('1750.000000000000'), germany)).toBe('1.750')
})

test('a tax rate keeps its decimals', () => {
  expect(plain(formatPercent(new Decimal('8.1'), switzerland))).toBe('8.1%')
  expect(plain(formatPercent(new Decimal('19'), germany))).toBe('19 %')
})

describe('dates', () => {
  test('a day is the day in the zone asked for', () => {
    const instant = new Date('2026-06-30T22:30:00Z')
    expect(formatDate(instant, germany, 'Europe/Berlin')).toBe('01.07.2026')
    expect(formatDate(instant, germany, 'UTC')).toBe('30.06.2026')
  })

  test('an instant names its zone', () => {
    expect(plain(formatDateTime(new Date('2026-06-16T12:05:00Z'), germany, 'Europe/Berlin'))).toBe('16.06.2026, 14:05 MESZ')
  })

  test('a calendar day needs no zone', () => {
    expect(formatLocalDate('2026-06-01', germany)).toBe('01.06.2026')
  })

  test('a half-open period ends on the day before its end', () => {
    expect(plain(formatPeriod(new Date('2026-05-31T22:00:00Z'), new Date('2026-06-30T22:00:00Z'), germany, 'Europe/Vienna'))).toBe(
      '01.–30.06.2026',
    )
  })

  test("a month is named in the reader's language", () => {
    expect(formatMonth(new Date('2026-05-15T00:00:00Z'), germany, 'Europe/Berlin')).toBe('Mai 2026')
    expect(formatMonth(new Date('2026-05-15T00:00:00Z'), gulf, 'Asia/Dubai')).toBe('مايو 2026')
  })
})

test("a country is named in the reader's language", () => {
  expect(formatCountry('AT', germany)).toBe('Österreich')
})
