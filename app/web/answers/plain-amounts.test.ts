import { expect, test } from 'vitest'
import { money } from '#app/domain/money/money.ts'
import { plainAmount, sidesOf } from './plain-amounts.ts'

test('amounts keep every decimal of their currency', () => {
  expect([plainAmount(money(17530n, 'EUR')), plainAmount(money(1200n, 'JPY')), plainAmount(money(-1n, 'KWD'))]).toEqual([
    '175.30',
    '1200',
    '-0.001',
  ])
})

test('a sum stands in the column of its side, without a sign', () => {
  expect(sidesOf(money(17530n, 'EUR'))).toEqual(['175.30', ''])
  expect(sidesOf(money(-30290n, 'EUR'))).toEqual(['', '302.90'])
  expect(sidesOf(money(0n, 'EUR'))).toEqual(['', ''])
})
