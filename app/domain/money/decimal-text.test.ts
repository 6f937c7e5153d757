import { describe, expect, it } from 'vitest'
import { Decimal } from './decimal.ts'
import { dividedBy, shifted, timesRatio } from './decimal-text.ts'

const texts = ['0', '0.000001', '0.0083', '1', '9.995', '-4.175', '19.99', '100', '123456789012345678901234.123456789012']
const percents = ['0', '2.5', '7', '7.7', '8.1', '19', '25', '33.333']

describe('prices worked out of whole numbers', () => {
  it('are to the digit what the decimals of the product say', () => {
    for (const text of texts) {
      for (const percent of percents) {
        const gross = new Decimal(percent).plus(100)
        expect(timesRatio(text, [gross.toFixed(), '100'], 30)).toBe(new Decimal(text).times(gross).div(100).toFixed())
        const net = new Decimal(text).times(100).div(gross).toDecimalPlaces(9, Decimal.ROUND_HALF_UP)
        expect(Number(timesRatio(text, ['100', gross.toFixed()], 9)) + 0).toBe(net.toNumber() + 0)
        if (!net.isZero()) expect(timesRatio(text, ['100', gross.toFixed()], 9)).toBe(net.toFixed())
      }
    }
  })

  it('round half away from zero, on both sides of it', () => {
    expect([dividedBy(5n, 10n), dividedBy(-5n, 10n), dividedBy(4n, 10n), dividedBy(-15n, 10n)]).toEqual([1n, -1n, 0n, -2n])
  })

  it('have their point where the currency has it', () => {
    expect([shifted(1999n, 2), shifted(-5n, 2), shifted(7n, 0), shifted(1n, 3)]).toEqual(['19.99', '-0.05', '7', '0.001'])
  })
})
