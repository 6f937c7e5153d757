import { Decimal } from '../../money/decimal.ts'
import { invariant } from '../../shared/invariant.ts'
import type { PriceModelKind } from './price-model.ts'
import { costOf, type PriceModel, readPriceModel } from './registry.ts'

/** The model of `terms` as a plan file writes them. */
export function modelOfTerms(kind: PriceModelKind, terms: unknown): PriceModel {
  const read = readPriceModel(kind, terms)
  invariant(read.ok, `modelOfTerms: ${read.ok ? '' : JSON.stringify(read.problems)}`)
  return read.value
}

/** What a period with `quantity` costs, as decimal text. */
export function costText(model: PriceModel, quantity: string): string {
  return costOf(model, new Decimal(quantity)).toFixed()
}

/** What going from `before` to `after` costs: the charge of a delta, negative for a correction. */
export function deltaText(model: PriceModel, before: string, after: string): string {
  return costOf(model, new Decimal(after))
    .minus(costOf(model, new Decimal(before)))
    .toFixed()
}

/** Why `terms` are refused, as `path code`. */
export function refusalsOf(kind: string, terms: unknown): string[] {
  const read = readPriceModel(kind, terms)
  return read.ok ? [] : read.problems.map(({ path, code }) => `${path} ${code}`)
}
