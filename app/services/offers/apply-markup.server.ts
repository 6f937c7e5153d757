import { audit } from '#app/db/audit.server.ts'
import { readOpenChanges, resolveOfferChanges } from '#app/db/catalog/parent-offers.server.ts'
import { openPriceDesk, type PriceDesk } from '#app/db/catalog/price-desk.server.ts'
import type { VersionRule } from '#app/db/catalog/price-versions.server.ts'
import type { TenantContext } from '#app/db/context.server.ts'
import type { PriceLine } from '#app/domain/pricing/markup/plan-sell-prices.ts'
import { ok } from '#app/domain/shared/result.ts'
import { type Refused, type SetPricesError, setPrices } from './set-prices.server.ts'

export type ApplyMarkupInput = {
  readonly priceBookId: string
  readonly validFrom: Date
  /** Only the products of these; null: every imported offer. */
  readonly productIds: readonly string[] | null
  readonly reason: string | null
  readonly note: string | null
}

/**
 * Makes the sell prices of imported offers again by the mark-ups of the book, from a date on, out of the buy prices in force
 * then. Prices typed in by hand keep what they are. Price changes of the parent that this takes up count as dealt with.
 */
export async function applyMarkup(
  ctx: TenantContext,
  input: ApplyMarkupInput,
): Promise<{ ok: true; value: { priceVersionId: string; lines: number } } | Refused<SetPricesError>> {
  const desk = await openPriceDesk(ctx, { priceBookId: input.priceBookId, at: input.validFrom })
  if (!desk.ok) return { ...desk, problems: [] }
  const lines = linesByRules(desk.value, input.productIds)
  const { priceBookId, validFrom, reason, note } = input
  const set = await setPrices(ctx, { priceBookId, validFrom, lines, reason, note })
  if (!set.ok) return set
  await settleChanges(ctx, desk.value, { lines, validFrom })
  await audit(ctx, {
    action: 'markup.applied',
    subjectKind: 'price-version',
    subjectId: set.value.priceVersionId,
    detail: { priceBookId, lines: lines.length, note },
  })
  return ok(set.value)
}

/** What applying the mark-ups at an instant would set, for a preview; nothing when there is no such book. */
export async function linesOfMarkups(ctx: TenantContext, book: { readonly priceBookId: string; readonly at: Date }): Promise<PriceLine[]> {
  const desk = await openPriceDesk(ctx, book)
  return desk.ok ? linesByRules(desk.value, null) : []
}

/** Every price that the mark-ups of the book make: fees of imported offers that nobody priced by hand. */
export function linesByRules(desk: PriceDesk, productIds: readonly string[] | null): PriceLine[] {
  const wanted = productIds && new Set(productIds)
  return [...desk.bought].flatMap(([key, { fee, offer }]): PriceLine[] => {
    const { productId } = offer
    if (wanted && (productId === null || !wanted.has(productId))) return []
    if (isByHand(desk.standing.get(key))) return []
    const { feeKind, meter, match } = fee
    return [{ productId, fee: { feeKind, meter, match }, pricing: { method: 'rules' } }]
  })
}

/** Whether a price was typed in, not made by a mark-up. */
export function isByHand(rule: Pick<VersionRule, 'basis'> | undefined): boolean {
  return (rule?.basis as { markup?: { method?: string } } | null | undefined)?.markup?.method === 'own'
}

async function settleChanges(
  ctx: TenantContext,
  desk: PriceDesk,
  { lines, validFrom }: Pick<ApplyMarkupInput, 'validFrom'> & { lines: readonly PriceLine[] },
): Promise<void> {
  const repriced = new Set(lines.map(({ productId }) => productId))
  const offers = new Set(desk.offers.filter(({ productId }) => repriced.has(productId)).map(({ id }) => id))
  const taken = (await readOpenChanges(ctx)).filter(
    ({ kind, parentOfferId, effectiveAt }) => kind === 'price' && offers.has(parentOfferId) && effectiveAt <= validFrom,
  )
  await resolveOfferChanges(
    ctx,
    taken.map(({ id }) => id),
  )
}
