/** Name of the field of a price in the grid. */
export function priceField(priceBookId: string, key: string): string {
  return `price.${priceBookId}.${key}`
}

/** Which price a field of the grid is about. */
export function priceFieldOf(name: string): { readonly priceBookId: string; readonly key: string } | undefined {
  const [, priceBookId, key] = /^price\.([0-9a-f-]{36})\.(.+)$/s.exec(name) ?? []
  return priceBookId && key ? { priceBookId, key } : undefined
}
