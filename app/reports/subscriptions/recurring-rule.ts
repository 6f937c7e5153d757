import { isInForce, type PriceRule } from '#app/domain/pricing/price-rule.ts'

type Priced = { readonly productId: string; readonly priceVersionId: string | null }

/** The recurring price of a product at `now`: of the version it keeps, else what is in force; the lower layer wins. */
export function recurringRule(rules: readonly PriceRule[], { productId, priceVersionId }: Priced, now: Date): PriceRule | undefined {
  const own = rules.filter((rule) => rule.feeKind === 'recurring' && rule.productId === productId).toSorted((a, b) => a.layer - b.layer)
  return own.find((rule) => rule.priceVersionId === priceVersionId) ?? own.find((rule) => isInForce(rule, now.getTime()))
}
