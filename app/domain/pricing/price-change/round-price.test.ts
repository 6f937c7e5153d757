import { expect, test } from 'vitest'
import { Decimal } from '../../money/decimal.ts'
import { type PriceRounding, roundPrice } from './round-price.ts'

const round = (price: string, rounding: PriceRounding, { currency = 'EUR', former = '0' } = {}) =>
  roundPrice(new Decimal(price), { rounding, currency, former: new Decimal(former) }).toFixed()

test('a price takes the nearest ending, the higher one when it lies between two', () => {
  expect(round('20.7955', 'ending-90', { former: '19.9' })).toBe('20.9')
  expect(round('26.0205', 'ending-90', { former: '24.9' })).toBe('25.9')
  expect(round('20.4', 'ending-90')).toBe('20.9')
  expect(round('20.7955', 'ending-99', { former: '19.99' })).toBe('20.99')
  expect(round('20.9', 'ending-90')).toBe('20.9')
})

test('steps of five cents, whole units and the minor unit', () => {
  expect(round('20.7749', 'step-5')).toBe('20.75')
  expect(round('20.775', 'step-5')).toBe('20.8')
  expect(round('20.5', 'whole')).toBe('21')
  expect(round('20.7955', 'minor')).toBe('20.8')
  expect(round('20.7955', 'none')).toBe('20.7955')
})

test('a yen price is whole and has no endings; a dinar has three decimals', () => {
  expect(round('1555.6', 'ending-90', { currency: 'JPY' })).toBe('1556')
  expect(round('1555.6', 'step-5', { currency: 'JPY' })).toBe('1556')
  expect(round('1555.6', 'minor', { currency: 'JPY' })).toBe('1556')
  expect(round('6.2345', 'minor', { currency: 'KWD' })).toBe('6.235')
  expect(round('6.2345', 'ending-90', { currency: 'KWD' })).toBe('5.9')
})

test('a rise never makes a price lower, and a fall never higher', () => {
  expect(round('5.225', 'ending-90', { former: '5' })).toBe('5.9')
  expect(round('4.75', 'whole', { former: '4.95' })).toBe('4')
  expect(round('5.1205', 'ending-90', { former: '4.9' })).toBe('4.9')
})

test('a rate too small for the ending keeps its decimals', () => {
  expect(round('0.013585', 'ending-90', { former: '0.013' })).toBe('0.013585')
  expect(round('0.4', 'whole')).toBe('0.4')
  expect(round('0.04', 'step-5')).toBe('0.04')
  expect(round('0.01134', 'minor', { former: '0.0108' })).toBe('0.01134')
  expect(round('0.105', 'minor', { former: '0.1' })).toBe('0.11')
})
