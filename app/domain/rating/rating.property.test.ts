import fc from 'fast-check'
import { expect, test } from 'vitest'
import { arbitraryDecimal, arbitraryModel } from '#tests/support/arbitrary-model.ts'
import { Decimal } from '../money/decimal.ts'
import type { PriceModel } from '../pricing/models/registry.ts'
import type { PriceRule } from '../pricing/price-rule.ts'
import type { RatedCharge } from './charge.ts'
import { rateUsage } from './rate-usage.ts'
import { priceRule, ratingTerms, subscriptionsOf, trafficUsage } from './rating.fixture.ts'
import type { UsageToRate } from './terms.ts'

const rule = fc
  .record({
    model: arbitraryModel,
    included: fc.oneof(fc.constant(new Decimal(0)), arbitraryDecimal(10n ** 5n, 2)),
    cap: fc.option(arbitraryDecimal(10n ** 6n, 2)),
    quantityStep: fc.option(arbitraryDecimal(10n ** 3n, 1).map((step) => step.plus('0.1'))),
    includedScope: fc.constantFrom('subscription' as const, 'resource' as const, 'pool' as const),
  })
  .map(({ model, ...limits }) => priceRule({ ...limits, ...priced(model) }))

/** The model as a rule has it: per unit, the price is the rule's own. */
function priced(model: PriceModel): Pick<PriceRule, 'model'> & Partial<PriceRule> {
  return model.kind === 'per-unit' ? { model: { kind: 'per-unit' }, unitPrice: model.params.unitPrice } : { model }
}

const start = fc.date({ min: new Date('2026-05-25T00:00:00Z'), max: new Date('2026-07-05T00:00:00Z'), noInvalidDate: true })
const record = fc.record({
  quantity: arbitraryDecimal(10n ** 9n, 6),
  start,
  minutes: fc.integer({ min: 1, max: 2880 }),
  subscriptionId: fc.constantFrom(null, 'subscription-1', 'subscription-2'),
  resourceRef: fc.constantFrom('server-1', 'server-2'),
})
const records = fc.array(record, { maxLength: 25 }).map((list) => list.map(toUsage))

const web1 = { id: 'subscription-1', productId: 'web-1', startsAt: new Date('2026-06-05T10:00:00Z'), proration: 'second' as const }
const subscriptions = subscriptionsOf(web1, { ...web1, id: 'subscription-2', cycle: { zone: 'Asia/Dubai', anchorDay: 31 } })

type Facts = { quantity: Decimal; start: Date; minutes: number; subscriptionId: string | null; resourceRef: string }

function toUsage({ start, minutes, ...facts }: Facts, index: number): UsageToRate {
  const window = { start, end: new Date(start.getTime() + minutes * 60_000) }
  return trafficUsage({ id: `usage-${index}`, window, ...facts })
}

/** What every month of every subscription comes to; of a pool, what every month comes to. */
function totals(charges: readonly RatedCharge[], { includedScope }: PriceRule): Record<string, string> {
  const sums = new Map<string, Decimal>()
  for (const charge of charges) {
    const key = includedScope === 'pool' ? charge.billingPeriod : `${charge.subscriptionId}|${charge.billingPeriod}`
    sums.set(key, (sums.get(key) ?? new Decimal(0)).plus(charge.amount))
  }
  return Object.fromEntries([...sums].sort().map(([key, sum]) => [key, String(sum)]))
}

const terms = (rules: readonly PriceRule[]) => ratingTerms({ rules, subscriptions })

test('the order of usage changes no total', () => {
  fc.assert(
    fc.property(rule, records, fc.infiniteStream(fc.nat()), (price, usage, keys) => {
      const shuffled = usage
        .map((one) => ({ one, key: keys.next().value as number }))
        .sort((a, b) => a.key - b.key)
        .map(({ one }) => one)
      const straight = rateUsage({ terms: terms([price]), usage, counters: [] })
      expect(totals(rateUsage({ terms: terms([price]), usage: shuffled, counters: [] }).charges, price)).toEqual(
        totals(straight.charges, price),
      )
    }),
  )
})

test('usage billed in one run costs what it costs in two', () => {
  fc.assert(
    fc.property(rule, records, fc.nat(25), (price, usage, cut) => {
      const once = rateUsage({ terms: terms([price]), usage, counters: [] })
      const first = rateUsage({ terms: terms([price]), usage: usage.slice(0, cut), counters: [] })
      const second = rateUsage({ terms: terms([price]), usage: usage.slice(cut), counters: first.counters })
      expect(totals([...first.charges, ...second.charges], price)).toEqual(totals(once.charges, price))
    }),
  )
})

test('a quantity cut in two records of the same time costs what it costs in one', () => {
  fc.assert(
    fc.property(rule, arbitraryDecimal(10n ** 9n, 6), arbitraryDecimal(10n ** 9n, 6), (price, a, b) => {
      const whole = rateUsage({ terms: terms([price]), usage: [trafficUsage({ quantity: a.plus(b) })], counters: [] })
      const parts = rateUsage({
        terms: terms([price]),
        usage: [trafficUsage({ quantity: a }), trafficUsage({ id: 'usage-2', quantity: b })],
        counters: [],
      })
      expect(totals(parts.charges, price)).toEqual(totals(whole.charges, price))
    }),
  )
})

test('the parts of a window sum to what was measured, and free and billed quantity to each part', () => {
  fc.assert(
    fc.property(rule, records, (stepped, usage) => {
      const price = { ...stepped, quantityStep: null }
      const { charges } = rateUsage({ terms: terms([price]), usage, counters: [] })
      for (const one of usage) {
        const parts = charges.filter((charge) => charge.usageId === one.id)
        expect(parts.reduce((sum, part) => sum.plus(part.quantity), new Decimal(0)).eq(one.quantity)).toBe(true)
        expect(parts.every((part) => part.includedQuantity.plus(part.billedQuantity).eq(part.quantity))).toBe(true)
      }
    }),
  )
})

test('usage that is taken back by its negative leaves nothing owed', () => {
  fc.assert(
    fc.property(rule, records, (price, usage) => {
      const negatives = usage.map((one) => ({ ...one, id: `${one.id}-back`, quantity: one.quantity.negated() }))
      const { charges } = rateUsage({ terms: terms([price]), usage: [...usage, ...negatives], counters: [] })
      expect(Object.values(totals(charges, price)).every((total) => new Decimal(total).isZero())).toBe(true)
    }),
  )
})

test('no change of buy prices moves a sell charge, and the other way round', () => {
  const side = (contractId: string, price: PriceRule, usage: readonly UsageToRate[]) =>
    JSON.stringify(rateUsage({ terms: { ...terms([price]), contractId }, usage, counters: [] }))
  fc.assert(
    fc.property(rule, rule, rule, records, (buy, otherBuy, sell, usage) => {
      const [bought, sold] = [side('buy', buy, usage), side('sell', sell, usage)]
      side('buy', otherBuy, usage)
      expect(side('sell', sell, usage)).toBe(sold)
      side('sell', otherBuy, usage)
      expect(side('buy', buy, usage)).toBe(bought)
    }),
    { numRuns: 30 },
  )
})
