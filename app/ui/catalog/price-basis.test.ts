import { expect, test } from 'vitest'
import { money } from '#app/domain/money/money.ts'
import { moneyOn, rateOn } from './price-basis.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const before = (percent: string) => ({ percent, behaviour: 'exclusive' }) as const
const included = (percent: string) => ({ percent, behaviour: 'inclusive' }) as const

test('a price is shown with tax, rounded once, or before it', () => {
  expect(moneyOn('gross', eur(499n), before('20'))).toEqual(eur(599n))
  expect(moneyOn('net', eur(499n), before('20'))).toEqual(eur(499n))
})

test('a price that includes tax keeps its gross, and the net is what the tax leaves', () => {
  expect(moneyOn('gross', eur(50_000n), included('10'))).toEqual(eur(50_000n))
  expect(moneyOn('net', eur(50_000n), included('10'))).toEqual(eur(45_455n))
  expect(moneyOn('net', eur(50_000n), included('0'))).toEqual(eur(50_000n))
})

test('a price per unit keeps all its decimals', () => {
  expect(rateOn('gross', '0.006917', before('8.1'))).toBe('0.007477277')
  expect(rateOn('gross', '0.0119', included('19'))).toBe('0.0119')
  expect(rateOn('net', '0.0119', included('19'))).toBe('0.01')
})
