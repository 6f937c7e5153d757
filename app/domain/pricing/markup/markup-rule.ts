import type { Decimal } from '../../money/decimal.ts'
import type { FeeKind, PriceExchange } from '../price-rule.ts'
import type { MarkupRounding } from './round-up.ts'

export const markupMethods = ['percent', 'amount', 'fixed-price'] as const
export type MarkupMethod = (typeof markupMethods)[number]

/** How a sell price is made of a buy price. Amounts are major units of the selling currency. */
export type Markup = {
  readonly method: MarkupMethod
  /** Share of the buy price that is added: 0.4 is 40 %. Only of a percentage. */
  readonly rate: Decimal | null
  /** What is added, or the price itself. Null for a percentage. */
  readonly amount: Decimal | null
  readonly rounding: MarkupRounding
  /** No price of the rule is below it. */
  readonly floor: Decimal | null
  /** The rate buy prices in another currency are converted with. */
  readonly exchange: PriceExchange | null
}

/** What a mark-up is for: one product, a group of products, one kind of fee, or everything. */
export type MarkupScope = { readonly productId: string | null; readonly productGroup: string | null; readonly feeKind: FeeKind | null }

/** A mark-up of a price book. */
export type MarkupRule = Markup & MarkupScope & { readonly id: string; readonly position: number }

/** A price that looks for its mark-up. */
export type MarkupSubject = { readonly productId: string | null; readonly productGroup: string | null; readonly feeKind: FeeKind }

/**
 * The rule for a price: one of its product before one of its product group before a general one; among these one of its kind
 * of fee before one of all kinds; between equals the earlier in the list. Undefined when no rule fits: then there is no price.
 */
export function pickMarkup<Rule extends MarkupScope & { readonly position: number }>(
  rules: readonly Rule[],
  subject: MarkupSubject,
): Rule | undefined {
  return rules
    .filter((rule) => fits(rule, subject))
    .sort((a, b) => weight(b) - weight(a) || a.position - b.position)
    .at(0)
}

function fits(rule: MarkupScope, subject: MarkupSubject): boolean {
  return (
    (rule.productId === null || rule.productId === subject.productId) &&
    (rule.productGroup === null || rule.productGroup === subject.productGroup) &&
    (rule.feeKind === null || rule.feeKind === subject.feeKind)
  )
}

function weight({ productId, productGroup, feeKind }: MarkupScope): number {
  return (productId !== null ? 4 : 0) + (productGroup !== null ? 2 : 0) + (feeKind !== null ? 1 : 0)
}
