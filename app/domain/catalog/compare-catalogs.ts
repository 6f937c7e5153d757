import { Decimal } from '../money/decimal.ts'
import type { RevisedCatalog, RevisedPrice, RevisedProduct } from './revision.ts'

/** A fact before and after; the same on both sides when only another one changed. */
export type Compared<T> = { readonly before: T; readonly after: T }

export type ComparedPrice = Compared<string | null> & Pick<RevisedPrice, 'priceBookId' | 'feeKey' | 'currency'>

/** A product that is not the same in both catalogs: only what is different is filled. */
export type ComparedProduct = {
  readonly productId: string
  readonly code: string
  readonly visibility: Compared<'absent' | 'hidden' | 'visible'> | null
  readonly position: Compared<number | null> | null
  readonly name: Compared<Readonly<Record<string, string>>> | null
  readonly description: Compared<Readonly<Record<string, string>>> | null
  readonly prices: readonly ComparedPrice[]
}

/** The products whose place, texts or prices are different in `after`, in the order of `products`. */
export function compareCatalogs(
  products: readonly Pick<RevisedProduct, 'id' | 'code'>[],
  before: RevisedCatalog,
  after: RevisedCatalog,
): ComparedProduct[] {
  return products
    .map(({ id, code }) => ({
      productId: id,
      code,
      visibility: compared(visibilityOf(before, id), visibilityOf(after, id)),
      position: compared(before.entries.get(id)?.position ?? null, after.entries.get(id)?.position ?? null),
      name: compared(before.texts.get(id)?.name ?? {}, after.texts.get(id)?.name ?? {}),
      description: compared(before.texts.get(id)?.description ?? {}, after.texts.get(id)?.description ?? {}),
      prices: comparePrices(id, before, after),
    }))
    .filter(({ visibility, position, name, description, prices }) => visibility || position || name || description || prices.length > 0)
}

function compared<T>(before: T, after: T): Compared<T> | null {
  return JSON.stringify(before) === JSON.stringify(after) ? null : { before, after }
}

function visibilityOf({ entries }: RevisedCatalog, productId: string): 'absent' | 'hidden' | 'visible' {
  const entry = entries.get(productId)
  if (!entry) return 'absent'
  return entry.isVisible ? 'visible' : 'hidden'
}

function comparePrices(productId: string, before: RevisedCatalog, after: RevisedCatalog): ComparedPrice[] {
  return [...new Set([...before.prices.keys(), ...after.prices.keys()])].flatMap((key) => {
    const [former, next] = [before.prices.get(key), after.prices.get(key)]
    const price = next ?? former
    if (price?.productId !== productId || (former && next && new Decimal(former.unitPrice).eq(next.unitPrice))) return []
    const { priceBookId, feeKey, currency } = price
    return [{ priceBookId, feeKey, currency, before: former?.unitPrice ?? null, after: next?.unitPrice ?? null }]
  })
}
