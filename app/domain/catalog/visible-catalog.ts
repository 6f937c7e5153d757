/** A product's place in a catalog. */
export type CatalogEntry = { readonly productId: string; readonly isVisible: boolean; readonly position: number }

/** A product that can be listed at all: retired and hidden ones are not among them. */
export type ListedProduct = { readonly id: string; readonly code: string; readonly position: number }

/** A catalog's entries. The reference catalog holds every product that it does not hide; another one holds what it names. */
export type CatalogContent = { readonly isReference: boolean; readonly entries: readonly CatalogEntry[] }

/**
 * The products a catalog shows, in its order: position there, else the product's own, then code.
 */
export function visibleProducts<Product extends ListedProduct>(catalog: CatalogContent, products: readonly Product[]): Product[] {
  const entries = new Map(catalog.entries.map((entry) => [entry.productId, entry]))
  return products
    .flatMap((product) => {
      const entry = entries.get(product.id)
      if (!entry) return catalog.isReference ? [{ product, position: product.position }] : []
      return entry.isVisible ? [{ product, position: entry.position }] : []
    })
    .sort((a, b) => a.position - b.position || (a.product.code < b.product.code ? -1 : 1))
    .map(({ product }) => product)
}
