import { lineKey } from '#app/db/catalog/price-desk.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import { ok } from '#app/domain/shared/result.ts'
import type { PriceChangeTally } from '../pricing/price-change-tally.ts'
import { weighPrices } from '../pricing/weigh-prices.server.ts'
import { figuresOver, type PlanPricesError, planPrices, type Refused, type SetPricesInput } from './set-prices.server.ts'

export type PriceEffect = PriceChangeTally & {
  /** Prices that move or are new. */
  readonly lines: number
  /** Prices that are a loss the reason overcomes. */
  readonly overcome: number
  /** A price of usage is among them: what usage costs is estimated as well. */
  readonly movesUsage: boolean
}

/** What the new prices will mean for existing customers, by the functions that bill them; nothing is written. */
export async function previewPrices(
  ctx: TenantContext,
  input: SetPricesInput,
): Promise<{ ok: true; value: PriceEffect } | Refused<PlanPricesError>> {
  const plan = await planPrices(ctx, input)
  if (!plan.ok) return plan
  const { desk, lines } = plan.value
  const next = new Map(lines.map((line) => [line.key, line]))
  const tally = await weighPrices(ctx, {
    nextOf: (rule) => {
      const line = rule.priceVersionId === desk.former?.id ? next.get(lineKey(rule.productId, rule)) : undefined
      return line && figuresOver(rule, line)
    },
    from: input.validFrom,
  })
  return ok({
    ...tally,
    lines: lines.length,
    overcome: lines.filter(({ overcome }) => overcome.length > 0).length,
    movesUsage: lines.some(({ line }) => line.fee.feeKind === 'usage'),
  })
}
