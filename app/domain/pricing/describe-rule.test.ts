import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { priceRule } from '../rating/rating.fixture.ts'
import { describeRule } from './describe-rule.ts'

test('a plain price is one sentence, every limit another', () => {
  const keys = (changes: Parameters<typeof priceRule>[0]) => describeRule(priceRule(changes), 'EUR').map(({ key }) => key)
  expect(keys({})).toEqual(['models.per-unit'])
  expect(keys({ unitPrice: new Decimal(0) })).toEqual(['models.free'])
  expect(
    keys({
      included: new Decimal(100),
      includedScope: 'pool',
      rollsOver: true,
      quantityStep: new Decimal(1),
      cap: new Decimal(20),
      minimum: new Decimal(5),
    }),
  ).toEqual([
    'models.per-unit',
    'models.with.included-shared',
    'models.with.roll-over',
    'models.with.step',
    'models.with.cap',
    'models.with.minimum',
  ])
})
