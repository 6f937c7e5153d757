import type { TenantContext } from '#app/db/context.server.ts'
import { ok, type Result } from '#app/domain/shared/result.ts'
import { type BookChange, type PlanPriceChangeError, type PriceChangeInput, planPriceChange } from './change-prices.server.ts'
import type { PriceChangeTally } from './price-change-tally.ts'
import { weighPrices } from './weigh-prices.server.ts'

export type PriceChangePreview = PriceChangeTally & {
  readonly books: readonly BookChange[]
  /** A price of usage moves: what usage costs is estimated as well. */
  readonly movesUsage: boolean
}

/** What the change will mean, with nothing written: every price before and after, and what each subscriber's month will cost. */
export async function previewPriceChange(
  ctx: TenantContext,
  input: PriceChangeInput,
): Promise<Result<PriceChangePreview, PlanPriceChangeError>> {
  const plan = await planPriceChange(ctx, input)
  if (!plan.ok) return plan
  const changed = plan.value.flatMap(({ rules }) => rules)
  const next = new Map(changed.map((rule) => [rule.former.id, rule.next]))
  const tally = await weighPrices(ctx, { nextOf: ({ id }) => next.get(id), from: input.validFrom })
  return ok({ books: plan.value, movesUsage: changed.some(({ next }) => next.feeKind === 'usage'), ...tally })
}
