import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import type { PriceRule } from '../pricing/price-rule.ts'
import { rateUsage } from './rate-usage.ts'
import { priceRule, ratingTerms, trafficUsage } from './rating.fixture.ts'
import { amountOf, type ChargeSum, reRate } from './re-rate.ts'
import { openSums } from './re-rate-sums.ts'
import type { UsageToRate } from './terms.ts'

const owner = { accountId: 'account-1', resourceId: null, resourceName: 'shop-01' }
const wrong = priceRule({ id: 'wrong', priceVersionId: 'v1', unitPrice: new Decimal('1.00') })
const right = priceRule({ id: 'right', priceVersionId: 'v2', unitPrice: new Decimal('0.10') })
const gb = (id: string, quantity: string, resource = 'shop-01'): UsageToRate =>
  trafficUsage({ id, quantity: new Decimal(quantity), resourceRef: resource })

function rated(rule: PriceRule, usage: readonly UsageToRate[]): ChargeSum[] {
  const book = openSums('2026-06-01')
  for (const charge of rateUsage({ terms: ratingTerms({ rules: [rule] }), usage, counters: [] }).charges)
    book.add(charge, { ...owner, resourceName: usage.find(({ id }) => id === charge.usageId)?.resourceRef ?? null })
  return book.sums()
}

const figures = (sums: readonly ChargeSum[]) => sums.map((sum) => [sum.priceRuleId, sum.quantity.toFixed(), sum.amount.toFixed()])

test('a price typed ten times too high is taken back whole and charged at the right one', () => {
  const usage = [gb('a', '3'), gb('b', '4')]
  const run = reRate(rated(wrong, usage), rated(right, usage))
  expect(figures(run.reversals)).toEqual([['wrong', '-7', '-7']])
  expect(figures(run.corrections)).toEqual([['right', '7', '0.7']])
  expect([run.oldAmount.toFixed(), run.newAmount.toFixed()]).toEqual(['7', '0.7'])
})

test('when what was posted stands, doing it again finds nothing', () => {
  const usage = [gb('a', '3'), gb('b', '4')]
  const fresh = rated(right, usage)
  const run = reRate(rated(wrong, usage), fresh)
  const posted = [...rated(wrong, usage), ...run.reversals, ...run.corrections]
  expect(amountOf(posted).toFixed()).toBe('0.7')
  const again = reRate(posted, fresh)
  expect([again.reversals.length, again.corrections.length, again.oldAmount.toFixed()]).toEqual([0, 0, '0'])
})

test('which server came first is no reason to post anything', () => {
  const allowance = priceRule({ id: 'allowance', included: new Decimal(5) })
  const inOneOrder = rated(allowance, [gb('a', '5', 'shop-01'), gb('b', '5', 'shop-02')])
  const inTheOther = rated(allowance, [gb('b', '5', 'shop-02'), gb('a', '5', 'shop-01')])
  const free = (sums: readonly ChargeSum[]) => sums.filter((sum) => sum.amount.isZero()).map((sum) => sum.resourceName)
  expect([free(inOneOrder), free(inTheOther)]).toEqual([['shop-01'], ['shop-02']])
  expect(reRate(inOneOrder, inTheOther).corrections).toEqual([])
})

test('usage without a price any more is taken back; what costs nothing leaves no charge', () => {
  const run = reRate(rated(wrong, [gb('a', '3')]), [])
  expect(figures(run.reversals)).toEqual([['wrong', '-3', '-3']])
  expect(reRate([], rated(right, [gb('a', '0')])).corrections).toEqual([])
})

test('charges of another month are passed over', () => {
  const book = openSums('2026-07-01')
  for (const charge of rateUsage({ terms: ratingTerms(), usage: [gb('a', '3')], counters: [] }).charges) book.add(charge, owner)
  expect(book.sums()).toEqual([])
})
