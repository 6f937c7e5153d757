import { describe, expect, test } from 'vitest'
import { allocate } from '../money/allocate.ts'
import { Decimal } from '../money/decimal.ts'
import { money, subtract } from '../money/money.ts'
import { determineTax, type TaxFacts, type TaxTreatment } from './determine-tax.ts'
import { isInEu, standardRateOn, standardRates } from './standard-rates.ts'
import { taxLines } from './tax-lines.ts'

const at = (percent: number): TaxTreatment => ({ category: 'S', rate: new Decimal(percent), reason: 'domestic' })
const eur = (minor: bigint) => money(minor, 'EUR')
const shown = (lines: ReturnType<typeof taxLines>) => lines.map((line) => `${line.rate} % of ${line.base.minor} is ${line.tax.minor}`)

describe('the tax of a document', () => {
  test('is rounded once per rate, not once per line', () => {
    const amounts = [777n, 777n, 777n].map((minor) => ({ amount: eur(minor), treatment: at(19) }))
    expect(
      shown(taxLines({ currency: 'EUR', behaviour: 'exclusive', amounts: [...amounts, { amount: eur(111n), treatment: at(7) }] })),
    ).toEqual(['19 % of 2331 is 443', '7 % of 111 is 8'])
  })

  test('is taken out of a price of 49.90 that includes 21 %', () => {
    expect(shown(taxLines({ currency: 'EUR', behaviour: 'inclusive', amounts: [{ amount: eur(4990n), treatment: at(21) }] }))).toEqual([
      '21 % of 4124 is 866',
    ])
  })

  test('leaves a gross price of 500.00 as it is', () => {
    expect(shown(taxLines({ currency: 'EUR', behaviour: 'inclusive', amounts: [{ amount: eur(50000n), treatment: at(10) }] }))).toEqual([
      '10 % of 45455 is 4545',
    ])
  })

  test('follows a coupon of 10.01 that is spread over both rates', () => {
    const nets = [eur(6000n), eur(4000n)]
    const discounts = allocate(eur(1001n), [new Decimal(60), new Decimal(40)])
    const amounts = nets.map((net, index) => ({ amount: subtract(net, discounts[index] ?? eur(0n)), treatment: at(index === 0 ? 19 : 7) }))
    expect(shown(taxLines({ currency: 'EUR', behaviour: 'exclusive', amounts }))).toEqual(['19 % of 5399 is 1026', '7 % of 3600 is 252'])
  })

  test('keeps reverse charge and zero rate apart', () => {
    const zero = new Decimal(0)
    const amounts = [
      { amount: eur(100n), treatment: { category: 'AE', rate: zero, reason: 'reverse-charge-eu' } as const },
      { amount: eur(200n), treatment: { category: 'O', rate: zero, reason: 'outside-eu' } as const },
    ]
    expect(taxLines({ currency: 'EUR', behaviour: 'exclusive', amounts }).map((line) => [line.category, line.base.minor])).toEqual([
      ['AE', 100n],
      ['O', 200n],
    ])
  })
})

describe('how a supply is taxed', () => {
  const treat = (from: string, to: string, buyer: Partial<TaxFacts['buyer']> = {}, on = '2026-06-30') => {
    const treatment = determineTax({
      seller: { country: from, isRegistered: true },
      buyer: { country: to, isBusiness: true, hasValidVatId: true, isExempt: false, ...buyer },
      on,
    })
    return treatment.ok ? `${treatment.value.category} ${treatment.value.rate} ${treatment.value.reason}` : treatment.error
  }
  const consumer = { isBusiness: false, hasValidVatId: false }

  test('at home at the standard rate, VAT id or not', () => {
    expect(treat('DE', 'DE')).toBe('S 19 domestic')
    expect(treat('AT', 'AT', consumer)).toBe('S 20 domestic')
    expect(treat('CH', 'CH', consumer)).toBe('S 8.1 domestic')
    expect(treat('AE', 'AE')).toBe('S 5 domestic')
  })
  test('between businesses in the EU by reverse charge', () => expect(treat('DE', 'AT')).toBe('AE 0 reverse-charge-eu'))
  test('to consumers in the EU at the rate of their country', () => {
    expect(treat('DE', 'AT', consumer)).toBe('S 20 destination-eu')
    expect(treat('AT', 'FI', consumer)).toBe('S 25.5 destination-eu')
  })
  test('to a business without a valid VAT id like to a consumer', () =>
    expect(treat('DE', 'AT', { hasValidVatId: false })).toBe('S 20 destination-eu'))
  test('from the EU outside without tax', () => expect(treat('DE', 'CH')).toBe('O 0 outside-eu'))
  test('from Switzerland and the Emirates abroad without tax', () => {
    expect(treat('CH', 'AE')).toBe('O 0 service-abroad')
    expect(treat('AE', 'CH')).toBe('Z 0 zero-rated-export')
  })
  test('at the rate of the tax point date', () => {
    expect(treat('DE', 'DE', {}, '2020-07-01')).toBe('S 16 domestic')
    expect(treat('DE', 'DE', {}, '2020-06-30')).toBe('S 19 domestic')
    expect(treat('CH', 'CH', {}, '2023-12-31')).toBe('S 7.7 domestic')
  })
  test('never at a guessed rate', () => expect(treat('JP', 'JP')).toBe('no-tax-rate'))
  test('not at all by a seller that is not registered, or to a buyer that is exempt', () => {
    expect(
      determineTax({
        seller: { country: 'DE', isRegistered: false },
        buyer: { country: 'DE', isBusiness: false, hasValidVatId: false, isExempt: false },
        on: '2026-06-30',
      }),
    ).toMatchObject({ value: { category: 'E', reason: 'seller-not-registered' } })
    expect(treat('DE', 'DE', { isExempt: true })).toBe('E 0 buyer-exempt')
  })
})

describe('the table of rates', () => {
  const countries = [...new Set(standardRates.map((row) => row.country))]

  test('holds the 27 of the EU and four more', () => {
    expect(countries.filter(isInEu)).toHaveLength(27)
    expect(countries.filter((country) => !isInEu(country)).sort()).toEqual(['AE', 'CH', 'GB', 'NO'])
  })
  test.each(countries)('has one rate of %s at a time, without a gap, and one in force', (country) => {
    const rows = standardRates.filter((row) => row.country === country)
    expect(rows.slice(0, -1).map((row) => row.to)).toEqual(rows.slice(1).map((row) => row.from))
    expect(rows.at(-1)?.to).toBeNull()
    expect(standardRateOn(country, '2026-06-30')).toBe(rows.at(-1)?.percent)
  })
})
