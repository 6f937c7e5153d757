import { describe, expect, test } from 'vitest'
import { allocate } from '../money/allocate.ts'
import { Decimal } from '../money/decimal.ts'
import { money, subtract } from '../money/money.ts'
import { determineTax, type SellerTaxFacts, type TaxFacts, type TaxTreatment } from './determine-tax.ts'
import { rateOn, shippedRates } from './rate-table.ts'
import { taxLines } from './tax-lines.ts'
import { isEuMember, isInEu } from './vat-area.ts'

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

const company = { isBusiness: true, hasValidVatId: true }
const withoutId = { isBusiness: true, hasValidVatId: false }
const consumer = { isBusiness: false, hasValidVatId: false }

type Extra = Partial<Omit<TaxFacts, 'seller' | 'buyer'>> & {
  readonly seller?: Partial<SellerTaxFacts>
  readonly buyer?: Partial<TaxFacts['buyer']>
}

function treat(from: string, to: string, buyer: Pick<TaxFacts['buyer'], 'isBusiness' | 'hasValidVatId'> = company, extra: Extra = {}) {
  const treatment = determineTax({
    on: '2026-06-30',
    ...extra,
    seller: { country: from, isRegistered: true, ...extra.seller },
    buyer: { country: to, ...buyer, ...extra.buyer },
  })
  return treatment.ok ? `${treatment.value.category} ${treatment.value.rate} ${treatment.value.reason}` : treatment.error
}

const since = (kind: NonNullable<SellerTaxFacts['registrations']>[number]['kind'], country: string | null = null, from = '2021-07-01') => ({
  seller: { registrations: [{ kind, country, from, to: null }] },
})

describe('how a supply is taxed by seller, buyer and kind of buyer', () => {
  test.each([
    ['DE', 'DE', company, 'S 19 domestic'],
    ['AT', 'AT', consumer, 'S 20 domestic'],
    ['CH', 'CH', consumer, 'S 8.1 domestic'],
    ['NO', 'NO', consumer, 'S 25 domestic'],
    ['GB', 'GB', company, 'S 20 domestic'],
    ['AE', 'AE', company, 'S 5 domestic'],
    ['DE', 'AT', company, 'AE 0 reverse-charge-eu'],
    ['DE', 'GR', company, 'AE 0 reverse-charge-eu'],
    ['DE', 'AT', consumer, 'S 20 destination-eu'],
    ['AT', 'FI', consumer, 'S 25.5 destination-eu'],
    ['DE', 'LU', withoutId, 'S 17 destination-eu'],
    ['DE', 'CH', company, 'O 0 outside-eu'],
    ['DE', 'NO', consumer, 'O 0 outside-eu'],
    ['IE', 'GB', consumer, 'O 0 outside-eu'],
    ['IE', 'GB', company, 'O 0 outside-eu'],
    ['GB', 'IE', consumer, 'O 0 service-abroad'],
    ['CH', 'AE', company, 'O 0 service-abroad'],
    ['AE', 'CH', company, 'Z 0 zero-rated-export'],
    ['NO', 'DE', company, 'G 0 zero-rated-export'],
    ['DE', 'MC', consumer, 'S 20 destination-eu'],
    ['DE', 'IM', consumer, 'O 0 outside-eu'],
    ['JP', 'JP', company, 'no-tax-rate'],
  ] as const)('%s to %s', (from, to, buyer, outcome) => expect(treat(from, to, buyer)).toBe(outcome))
})

describe('the rate is that of the tax point', () => {
  test.each([
    ['2020-06-30', 'DE', 'S 19 domestic'],
    ['2020-07-01', 'DE', 'S 16 domestic'],
    ['2020-12-31', 'DE', 'S 16 domestic'],
    ['2021-01-01', 'DE', 'S 19 domestic'],
    ['2023-12-31', 'CH', 'S 7.7 domestic'],
    ['2024-01-01', 'CH', 'S 8.1 domestic'],
    ['2025-07-31', 'RO', 'S 19 domestic'],
    ['2025-08-01', 'RO', 'S 21 domestic'],
  ])('on %s in %s', (on, country, outcome) => expect(treat(country, country, company, { on })).toBe(outcome))

  test('the United Kingdom was in the area until the end of 2020', () => {
    expect(treat('DE', 'GB', company, { on: '2020-12-31' })).toBe('AE 0 reverse-charge-eu')
    expect(treat('DE', 'GB', consumer, { on: '2020-12-31' })).toBe('S 20 destination-eu')
    expect(treat('DE', 'GB', consumer, { on: '2021-01-01' })).toBe('O 0 outside-eu')
    expect(treat('GB', 'DE', company, { on: '2020-12-31' })).toBe('AE 0 reverse-charge-eu')
  })

  test('reduced and zero rates are other rates of the same country', () => {
    expect(treat('DE', 'DE', consumer, { kind: 'reduced' })).toBe('S 7 domestic')
    expect(treat('DE', 'FI', consumer, { kind: 'reduced', on: '2025-12-31' })).toBe('S 14 destination-eu')
    expect(treat('DE', 'FI', consumer, { kind: 'reduced', on: '2026-01-01' })).toBe('S 13.5 destination-eu')
    expect(treat('GB', 'GB', consumer, { kind: 'zero' })).toBe('Z 0 domestic')
    expect(treat('DK', 'DK', consumer, { kind: 'reduced' })).toBe('S 25 domestic')
  })
})

describe('registrations of the seller', () => {
  test('below the threshold its own rate is enough, from the day it says so', () => {
    expect(treat('DE', 'FR', consumer, since('below-threshold'))).toBe('S 19 origin-below-threshold')
    expect(treat('DE', 'FR', consumer, { ...since('below-threshold'), on: '2021-06-30' })).toBe('S 20 destination-eu')
    expect(treat('DE', 'FR', company, since('below-threshold'))).toBe('AE 0 reverse-charge-eu')
  })

  test('where it is registered consumers pay that country’s rate, and businesses account for it themselves', () => {
    expect(treat('DE', 'NO', consumer, since('country', 'NO'))).toBe('S 25 destination-registered')
    expect(treat('DE', 'CH', withoutId, since('country', 'CH'))).toBe('S 8.1 destination-registered')
    expect(treat('DE', 'CH', company, since('country', 'CH'))).toBe('O 0 outside-eu')
    expect(treat('DE', 'FR', consumer, since('country', 'FR'))).toBe('S 20 destination-registered')
    expect(treat('CH', 'GB', consumer, since('country', 'GB'))).toBe('S 20 destination-registered')
  })

  test('a seller outside the EU charges its consumers there through the non-Union scheme', () => {
    expect(treat('CH', 'DE', consumer, since('oss'))).toBe('S 19 destination-eu')
    expect(treat('CH', 'DE', company, since('oss'))).toBe('O 0 service-abroad')
    expect(treat('CH', 'DE', consumer)).toBe('O 0 service-abroad')
  })

  test('domestic reverse charge is off until it is switched on', () => {
    expect(treat('DE', 'DE', company, since('domestic-reverse-charge'))).toBe('AE 0 reverse-charge-domestic')
    expect(treat('DE', 'DE', withoutId, since('domestic-reverse-charge'))).toBe('S 19 domestic')
  })

  test('one that is not registered, or under the small business scheme, charges nothing', () => {
    expect(treat('DE', 'DE', consumer, { seller: { isRegistered: false } })).toBe('E 0 seller-not-registered')
    expect(treat('DE', 'DE', consumer, since('small-business'))).toBe('E 0 small-business')
  })
})

describe('a certificate frees its buyer', () => {
  const paper = (country: string, from: string, to: string | null) => ({ buyer: { exemptions: [{ country, from, to }] } })

  test('of the tax of its own country while it is valid', () => {
    expect(treat('DE', 'DE', consumer, paper('DE', '2026-01-01', '2027-01-01'))).toBe('E 0 buyer-exempt')
    expect(treat('DE', 'DE', consumer, paper('DE', '2026-01-01', '2026-06-30'))).toBe('S 19 domestic')
    expect(treat('DE', 'DE', consumer, paper('DE', '2026-07-01', null))).toBe('S 19 domestic')
    expect(treat('DE', 'DE', consumer, paper('AT', '2026-01-01', null))).toBe('S 19 domestic')
    expect(treat('DE', 'BE', consumer, paper('BE', '2026-01-01', null))).toBe('E 0 buyer-exempt')
  })

  test('and changes nothing where no tax is charged', () => {
    expect(treat('DE', 'AT', company, paper('AT', '2026-01-01', null))).toBe('AE 0 reverse-charge-eu')
  })
})

describe('parts of a country that VAT does not reach, by postcode', () => {
  const living = (line: string) => ({ buyer: { addressLines: ['Hafenstraße 12345', line] } })

  test.each([
    ['DE', 'DE', '27498 Helgoland', 'O 0 outside-eu'],
    ['AT', 'DE', '27498 Helgoland', 'O 0 outside-eu'],
    ['DE', 'DE', 'D-78266 Büsingen', 'O 0 outside-eu'],
    ['ES', 'ES', '35001 Las Palmas', 'O 0 outside-eu'],
    ['DE', 'ES', '38001 Santa Cruz', 'O 0 outside-eu'],
    ['DE', 'ES', '28001 Madrid', 'S 21 destination-eu'],
    ['IT', 'IT', '23041 Livigno', 'O 0 outside-eu'],
    ['DE', 'GR', '630 86 Karyes', 'O 0 outside-eu'],
    ['FR', 'FR', '97400 Saint-Denis', 'S 8.5 domestic'],
    ['FR', 'FR', '97300 Cayenne', 'O 0 outside-eu'],
    ['DE', 'FR', '97400 Saint-Denis', 'O 0 outside-eu'],
    ['PT', 'PT', '9000-042 Funchal', 'S 22 domestic'],
    ['DE', 'PT', '9500-150 Ponta Delgada', 'S 16 destination-eu'],
    ['DE', 'FI', '22100 Mariehamn', 'S 25.5 destination-eu'],
  ])('%s to %s, %s', (from, to, line, outcome) => expect(treat(from, to, consumer, living(line))).toBe(outcome))

  test('a house number is no postcode', () =>
    expect(treat('DE', 'DE', consumer, { buyer: { addressLines: ['Straße 27498', 'Bremen'] } })).toBe('S 19 domestic'))

  test('Réunion has a code of its own', () => {
    expect(treat('FR', 'RE', consumer)).toBe('S 8.5 domestic')
    expect(treat('DE', 'RE', consumer)).toBe('O 0 outside-eu')
  })

  test('a seller on the Canary Islands needs a rate of its own', () => {
    const home = { addressLines: ['Calle Mayor 1', '35001 Las Palmas'] }
    expect(treat('ES', 'ES', consumer, { seller: home, buyer: home })).toBe('no-tax-rate')
    const igic = { country: 'ES-CN', kind: 'standard', percent: '7', from: '2020-01-01', to: null } as const
    expect(treat('ES', 'ES', consumer, { seller: { ...home, rates: [igic] }, buyer: home })).toBe('S 7 domestic')
  })
})

describe('the table of rates', () => {
  const standard = shippedRates.filter(({ kind }) => kind === 'standard')
  const countries = [...new Set(standard.map((row) => row.country))].filter((country) => country.length === 2)

  test('holds the 27 of the EU and four more', () => {
    expect(countries.filter(isEuMember)).toHaveLength(27)
    expect(countries.filter((country) => !isEuMember(country)).sort()).toEqual(['AE', 'CH', 'GB', 'NO'])
  })
  test.each([...new Set(shippedRates.map(({ country, kind }) => `${country} ${kind}`))])(
    'has one rate of %s at a time, without a gap',
    (name) => {
      const rows = shippedRates.filter(({ country, kind }) => `${country} ${kind}` === name)
      expect(rows.slice(0, -1).map((row) => row.to)).toEqual(rows.slice(1).map((row) => row.from))
      expect(name === 'CZ second-reduced' || name === 'RO second-reduced' ? rows.at(-1)?.to : null).toBe(rows.at(-1)?.to ?? null)
    },
  )
  test.each(countries)('no reduced rate of %s is above its standard rate', (country) => {
    const highest = rateOn({ country, kind: 'standard', on: '2026-06-30' })
    const others = shippedRates.filter((row) => row.country === country && row.kind !== 'standard' && row.to === null)
    expect(others.filter(({ percent }) => highest?.lte(percent))).toEqual([])
  })
  test('Croatia joined in 2013', () => {
    expect([isInEu('HR', '2013-06-30'), isInEu('HR', '2013-07-01')]).toEqual([false, true])
  })

  const own = (percent: string, from: string, to: string | null = null) => ({ country: 'IN', kind: 'standard', percent, from, to }) as const
  const india = (rates: readonly ReturnType<typeof own>[], on = '2026-06-30') =>
    rateOn({ country: 'IN', kind: 'standard', on, own: rates })?.toFixed()

  test('a country that does not ship has the rates its seller enters', () => {
    expect(india([own('18', '2020-01-01')])).toBe('18')
    expect(treat('IN', 'IN', consumer, { seller: { rates: [own('18', '2020-01-01')] } })).toBe('S 18 domestic')
    expect(india([own('18', '2026-07-01')])).toBeUndefined()
  })
  test('of the seller’s rows the one that began last counts, of one day the one entered last', () => {
    expect(india([own('18', '2020-01-01'), own('20', '2026-01-01')])).toBe('20')
    expect(india([own('21', '2026-01-01'), own('20', '2026-01-01')])).toBe('21')
    expect(india([own('18', '2020-01-01'), own('20', '2026-01-01')], '2025-12-31')).toBe('18')
  })
  test('a row of the seller comes before the one that ships', () => {
    const raised = { country: 'DE', kind: 'standard', percent: '21', from: '2026-06-01', to: null } as const
    expect(treat('DE', 'DE', consumer, { seller: { rates: [raised] } })).toBe('S 21 domestic')
    expect(treat('DE', 'DE', consumer, { seller: { rates: [raised] }, on: '2026-05-31' })).toBe('S 19 domestic')
  })
})
