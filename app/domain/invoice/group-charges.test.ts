import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { rateUsage } from '../rating/rate-usage.ts'
import { priceRule, ratingTerms, trafficUsage } from '../rating/rating.fixture.ts'
import { groupCharges } from './group-charges.ts'

const terms = ratingTerms({ rules: [priceRule({ included: new Decimal(100) })] })
const rated = (quantities: readonly number[]) => {
  const usage = quantities.map((quantity, index) =>
    trafficUsage({ id: `usage-${index}`, quantity: new Decimal(quantity), resourceRef: `server-${index % 2}` }),
  )
  return rateUsage({ terms, usage, counters: [] }).charges.map((charge) => ({
    ...charge,
    accountId: 'account-1',
    resourceName: charge.resourceRef,
  }))
}

test('usage of one price and month is one item, however many records it came in', () => {
  const [item, ...others] = groupCharges(rated([60, 70, 50]))
  expect(others).toEqual([])
  expect(item).toMatchObject({ key: 'account-1|-|traffic.sent|rule-1|2026-06-01', resources: 2, resourceName: null, charges: 3 })
  expect([item?.quantity, item?.includedQuantity, item?.billedQuantity, item?.amount].map(String)).toEqual(['180', '100', '80', '8'])
})

test('the order of charges does not matter', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(200), { minLength: 1, maxLength: 10 }), (quantities) => {
      const charges = rated(quantities)
      expect(JSON.stringify(groupCharges(charges.toReversed()))).toBe(JSON.stringify(groupCharges(charges)))
    }),
    { numRuns: 50 },
  )
})
