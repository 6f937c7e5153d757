import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { add, fromDecimal, money, sum, toDecimal } from '../money/money.ts'
import { taxLines } from './tax-lines.ts'

const percent = fc
  .integer({ min: 0, max: 3000 })
  .map((value) => ({ category: 'S' as const, rate: new Decimal(value).div(100), reason: 'domestic' as const }))
const minor = fc.bigInt(-(10n ** 10n), 10n ** 10n)
const currency = fc.constantFrom('EUR', 'JPY', 'KWD')

test('net and tax of an inclusive price are its gross, for every rate from 0 to 30 %', () => {
  fc.assert(
    fc.property(minor, percent, currency, (gross, treatment, code) => {
      const [line] = taxLines({ currency: code, behaviour: 'inclusive', amounts: [{ amount: money(gross, code), treatment }] })
      expect(line && add(line.base, line.tax).minor).toBe(gross)
      expect((line && line.tax.minor <= 0n === gross <= 0n) || line?.tax.minor === 0n).toBe(true)
    }),
  )
  for (let hundredths = 0; hundredths <= 3000; hundredths += 1) {
    const treatment = { category: 'S' as const, rate: new Decimal(hundredths).div(100), reason: 'domestic' as const }
    const [line] = taxLines({ currency: 'EUR', behaviour: 'inclusive', amounts: [{ amount: money(50_000n, 'EUR'), treatment }] })
    expect(line && line.base.minor + line.tax.minor).toBe(50_000n)
  }
})

test('the tax of each rate is its rounded share of the summed base, in any order of lines', () => {
  const amounts = fc.array(fc.record({ amount: minor, treatment: percent }), { maxLength: 20 })
  fc.assert(
    fc.property(amounts, currency, (list, code) => {
      const taxable = list.map((entry) => ({ amount: money(entry.amount, code), treatment: entry.treatment }))
      const lines = taxLines({ currency: code, behaviour: 'exclusive', amounts: taxable })
      expect(
        sum(
          code,
          lines.map((line) => line.base),
        ),
      ).toEqual(
        sum(
          code,
          taxable.map((entry) => entry.amount),
        ),
      )
      for (const line of lines) expect(line.tax).toEqual(fromDecimal(toDecimal(line.base).times(line.rate).div(100), code))
      expect(taxLines({ currency: code, behaviour: 'exclusive', amounts: taxable.toReversed() })).toEqual(lines)
    }),
  )
})
