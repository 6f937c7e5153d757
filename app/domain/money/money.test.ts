import { expect, test } from 'vitest'
import { Decimal } from './decimal.ts'
import { add, fromDecimal, money } from './money.ts'

test('half a minor unit rounds away from zero, for charges and for credits', () => {
  expect(fromDecimal(new Decimal('0.005'), 'EUR')).toEqual(money(1n, 'EUR'))
  expect(fromDecimal(new Decimal('-0.005'), 'EUR')).toEqual(money(-1n, 'EUR'))
})

test('the yen has no decimals and the Kuwaiti dinar has three', () => {
  expect(fromDecimal(new Decimal('0.5'), 'JPY')).toEqual(money(1n, 'JPY'))
  expect(fromDecimal(new Decimal('0.0005'), 'KWD')).toEqual(money(1n, 'KWD'))
})

test('amounts of two currencies do not add up', () => {
  expect(() => add(money(1n, 'EUR'), money(1n, 'CHF'))).toThrow('EUR and CHF do not add up')
})
