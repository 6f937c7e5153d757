import type { Decimal } from '../money/decimal.ts'
import type { Money } from '../money/money.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { type BundleItem, contentsOf, itemsOfOrder, type OrderedItem } from './bundle.ts'
import { type ProductQuote, type QuoteInput, quoteProduct } from './quote-product.ts'
import { one } from './quoted-fees.ts'

export type OfferQuestion = Omit<QuoteInput, 'parts' | 'memberProductIds'> & {
  /** What every bundle contains. */
  readonly bundleItems: readonly BundleItem[]
  /** Options the buyer takes. */
  readonly chosen: readonly string[]
  /** Whether a product may be taken as an option at all. */
  readonly isOnOffer: (productId: string) => boolean
  /** Leaves out options that are not offered: of a buyer who looks at one plan after the other. */
  readonly dropsOthers?: boolean
}

/** An option at the buyer's own price, as priced. */
export type QuotedOption = { readonly productId: string; readonly setup: Money | null; readonly monthly: Money }

/** A product with all that is ordered with it: the price of the whole, its parts, and the options there are to choose from. */
export type OfferQuote = {
  readonly quote: ProductQuote
  readonly items: readonly OrderedItem[]
  readonly options: readonly QuotedOption[]
}

/**
 * The quote of a product with what it contains and the options that were chosen, and the price of each option. An option
 * without a price is not offered; one that is not offered is refused.
 */
export function quoteOffer({
  bundleItems,
  chosen,
  isOnOffer,
  dropsOthers = false,
  ...input
}: OfferQuestion): Result<OfferQuote, 'no-price' | 'option-not-offered'> {
  const { productId, quantity = one } = input
  const { optional } = contentsOf({ productId, quantity, bundleItems })
  const options = [...optional].filter(([id]) => isOnOffer(id)).flatMap(([id, count]) => quoteOption(input, id, count))
  const isQuoted = (id: string) => options.some((option) => option.productId === id)
  const items = itemsOfOrder({ productId, quantity, bundleItems, chosen: dropsOthers ? chosen.filter(isQuoted) : chosen })
  if (!items.ok) return items
  if (!items.value.every(({ role, productId: id }) => role !== 'add-on' || isQuoted(id))) return err('option-not-offered')
  const quote = quoteProduct({ ...input, parts: items.value })
  return quote.ok ? ok({ quote: quote.value, items: items.value, options }) : quote
}

function quoteOption(input: QuoteInput, productId: string, quantity: Decimal): QuotedOption[] {
  const quote = quoteProduct({ ...input, productId, quantity })
  if (!quote.ok) return []
  const setup = quote.value.fees.find(({ feeKind }) => feeKind === 'setup')
  const { behaviour, monthlyNet, monthlyTotal } = quote.value
  return [{ productId, setup: setup?.whole ?? null, monthly: behaviour === 'inclusive' ? monthlyTotal : monthlyNet }]
}
