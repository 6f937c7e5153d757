import { type BundleItem, contentsOf, itemsOfOrder } from '#app/domain/catalog/bundle.ts'
import { type QuoteInput, quoteProduct } from '#app/domain/catalog/quote-product.ts'
import { one } from '#app/domain/catalog/quoted-fees.ts'
import type { ServiceSale } from '#app/domain/catalog/service-sale.ts'
import type { PriceTax } from '#app/domain/tax/tax-lines.ts'
import type { StoreService } from './shape.ts'

type ServiceFacts = Omit<QuoteInput, 'parts' | 'quantity' | 'usage' | 'service'> & {
  readonly sale: ServiceSale
  readonly bundleItems: readonly BundleItem[]
  readonly texts: { readonly code: string; readonly name: string; readonly description: string | null }
  readonly tax: PriceTax
  readonly nameOf: (productId: string) => string | null
}

/** A service as the store offers it, at the prices of one unit; nothing without a price in force. */
export function toService({ sale, bundleItems, texts, tax, nameOf, ...question }: ServiceFacts): StoreService[] {
  const content = { productId: question.productId, quantity: one, bundleItems }
  const items = itemsOfOrder({ ...content, chosen: [] })
  const quote = items.ok ? quoteProduct({ ...question, parts: items.value }) : items
  if (!quote.ok) return []
  const main = quote.value.fees.filter(({ role }) => role === 'main')
  const recurring = main.find(({ feeKind }) => feeKind === 'recurring')
  return [
    {
      ...texts,
      ...sale,
      hasServer: false,
      tax,
      included: [...contentsOf(content).included.keys()].flatMap((id) => nameOf(id) ?? []),
      once: main.find(({ feeKind }) => feeKind === 'setup')?.whole ?? null,
      recurring: recurring?.whole ?? null,
      every: recurring?.interval ?? null,
    },
  ]
}
