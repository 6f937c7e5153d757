import type { DescribedValue, PriceDescription } from './models/price-slice.ts'
import { describeModel } from './models/registry.ts'
import { type IncludedScope, modelOf, type PriceRule } from './price-rule.ts'

const includedKeys = {
  subscription: 'models.with.included',
  resource: 'models.with.included-each',
  pool: 'models.with.included-shared',
} as const satisfies Record<IncludedScope, string>

export type DescribedRule = Pick<
  PriceRule,
  'unit' | 'unitPrice' | 'model' | 'included' | 'includedScope' | 'rollsOver' | 'quantityStep' | 'cap' | 'minimum'
>

/**
 * A rule in sentences of namespace `pricing`: its model first, then what is included and how the period is limited.
 * Prices in `currency`, the book's.
 */
export function describeRule(rule: DescribedRule, currency: string): PriceDescription[] {
  const words = { unit: rule.unit, currency }
  const say = (key: PriceDescription['key'], values: Record<string, DescribedValue> = {}): PriceDescription => ({ ...words, key, values })
  const { included, includedScope, rollsOver, quantityStep, cap, minimum } = rule
  const hasAllowance = included.gt(0)
  return [
    describeModel(modelOf(rule), words),
    ...(hasAllowance ? [say(includedKeys[includedScope], { included: { quantity: included.toFixed() } })] : []),
    ...(hasAllowance && rollsOver ? [say('models.with.roll-over')] : []),
    ...(quantityStep ? [say('models.with.step', { step: { quantity: quantityStep.toFixed() } })] : []),
    ...(cap ? [say('models.with.cap', { cap: { price: cap.toFixed() } })] : []),
    ...(minimum?.gt(0) ? [say('models.with.minimum', { minimum: { price: minimum.toFixed() } })] : []),
  ]
}
