import { readVersionRules, type VersionRule } from '#app/db/catalog/price-versions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { isSameFigures, pricesOf } from '#app/domain/pricing/price-change/change-rule.ts'
import type { CorrectionProblem } from '#app/domain/pricing/price-change/plan-versions.ts'
import { err, type Result } from '#app/domain/shared/result.ts'
import { correctVersion } from './publish-version.server.ts'

export type CorrectFigures = Partial<Pick<VersionRule, 'unitPrice' | 'cap' | 'minimum'>>
export type CorrectPricesInput = {
  readonly priceVersionId: string
  readonly note: string | null
  /** The right figures by price; whatever is left out was right. */
  readonly figures: ReadonlyMap<string, CorrectFigures>
}
export type CorrectPricesError = CorrectionProblem | 'nothing-changes' | 'negative-price'

/**
 * Puts prices of a wrong version right: a corrected version takes its whole span. What was charged stays until it is re-rated.
 * Refuses a correction that changes nothing, and a price below zero.
 */
export async function correctPrices(
  ctx: TenantContext,
  { priceVersionId, note, figures }: CorrectPricesInput,
): Promise<Result<{ readonly priceVersionId: string }, CorrectPricesError>> {
  const corrected = (rule: VersionRule): VersionRule => ({ ...rule, ...figures.get(rule.id) })
  const rules = await readVersionRules(ctx, [priceVersionId])
  if (rules.some((rule) => pricesOf(corrected(rule)).some((price) => price.isNegative()))) return err('negative-price')
  if (rules.every((rule) => isSameFigures(rule, corrected(rule)))) return err('nothing-changes')
  return correctVersion(ctx, { priceVersionId, note, change: corrected })
}
