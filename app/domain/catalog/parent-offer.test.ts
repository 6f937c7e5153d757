import { describe, expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { type PriceRule, plainRule } from '../pricing/price-rule.ts'
import { type KnownOffer, type OfferChange, type OfferState, offerChanges, offeredFees } from './parent-offer.ts'

const january = new Date('2026-01-01T00:00:00Z')
const june = new Date('2026-06-01T00:00:00Z')
const july = new Date('2026-07-01T00:00:00Z')
const september = new Date('2026-09-01T00:00:00Z')

const rule = (price: string, facts: Partial<PriceRule> = {}): PriceRule => ({
  ...plainRule({
    id: `rule-${price}`,
    priceVersionId: 'v',
    feeKind: 'recurring',
    productId: 'web-1',
    meter: null,
    unit: 'month',
    unitPrice: new Decimal(price),
    validFrom: january,
  }),
  ...facts,
})
const spans = (rules: readonly PriceRule[]) =>
  offeredFees(rules, { productId: 'web-1', from: june }).map(({ unitPrice, validFrom, validTo }) => [
    unitPrice.toFixed(),
    validFrom.toISOString().slice(0, 10),
    validTo?.toISOString().slice(0, 10) ?? null,
  ])

describe('buy prices out of the layers of a contract', () => {
  test('are those in force and those to come, not those that are over', () => {
    const past = rule('15', { validTo: new Date('2026-05-01T00:00:00Z') })
    expect(spans([past, rule('17.10', { validTo: july }), rule('18', { validFrom: july })])).toEqual([
      ['17.1', '2026-01-01', '2026-07-01'],
      ['18', '2026-07-01', null],
    ])
  })

  test('are of the own price while it lasts, then of the contract book again', () => {
    expect(spans([rule('17.10'), rule('12', { layer: 0, validFrom: july, validTo: september })])).toEqual([
      ['17.1', '2026-01-01', '2026-07-01'],
      ['12', '2026-07-01', '2026-09-01'],
      ['17.1', '2026-09-01', null],
    ])
  })

  test('that stay the same in the next version are one price', () => {
    expect(spans([rule('17.10', { validTo: july }), rule('17.10', { id: 'next', validFrom: july })])).toEqual([
      ['17.1', '2026-01-01', null],
    ])
  })

  test('of another product are not in it', () => {
    expect(spans([rule('9', { productId: 'web-2' }), rule('1', { productId: null })])).toEqual([])
  })
})

const offer = (rules: readonly PriceRule[], facts: Partial<KnownOffer> = {}): KnownOffer => ({
  code: 'web-1',
  name: { en: 'Web 1' },
  description: {},
  spec: { cpuNumber: 1, memoryMib: 2048 },
  currency: 'EUR',
  fees: offeredFees(rules, { productId: 'web-1', from: june }),
  priceFloor: new Decimal(15),
  priceCeiling: null,
  isWithdrawn: false,
  ...facts,
})
const kindsOf = (known: KnownOffer | null, next: OfferState | null) => offerChanges(known, next, june).map(({ kind }) => kind)

describe('what changed in an offer', () => {
  test('is nothing when the parent says the same again, whatever the order of its keys', () => {
    expect(kindsOf(offer([rule('17.10')]), offer([rule('17.10')], { spec: { memoryMib: 2048, cpuNumber: 1 } }))).toEqual([])
  })

  test('is new, withdrawn once, and returned', () => {
    const now = offer([rule('17.10')])
    expect(kindsOf(null, now)).toEqual(['new'])
    expect(kindsOf(now, null)).toEqual(['withdrawn'])
    expect(kindsOf({ ...now, isWithdrawn: true }, null)).toEqual([])
    expect(kindsOf({ ...now, isWithdrawn: true }, now)).toEqual(['returned'])
  })

  test('is one price change on its date, with the price before and after', () => {
    const next = offer([rule('17.10', { validTo: july }), rule('18', { validFrom: july })])
    const changes = offerChanges(offer([rule('17.10')]), next, june)
    expect(changes.map(({ kind, effectiveAt }) => [kind, effectiveAt])).toEqual([['price', july]])
    const pricesIn = (json: OfferChange['before'] | undefined) => (json?.fees as { unitPrice: string }[] | undefined)?.[0]?.unitPrice
    expect([pricesIn(changes[0]?.before), pricesIn(changes[0]?.after)]).toEqual(['17.1', '18'])
  })

  test('is known before its date, and no change again on the day', () => {
    const known = offer([rule('17.10', { validTo: july }), rule('18', { validFrom: july })])
    const onTheDay = { ...known, fees: offeredFees([rule('18', { validFrom: july })], { productId: 'web-1', from: july }) }
    expect(offerChanges(known, onTheDay, july)).toEqual([])
  })

  test('is the range, and the texts', () => {
    const known = offer([rule('17.10')])
    expect(kindsOf(known, { ...known, priceCeiling: new Decimal(30), name: { en: 'Web One' } })).toEqual(['range', 'description'])
  })
})
