const roundFactors = [1, 2, 2.5, 5, 10, 20, 50, 100]

/**
 * Round values from zero to at least `highest`, three to five of them, for the lines of a grid. Fewer where their texts would be the same: a cent
 * has no quarters.
 */
export function gridValues(highest: number, textOf: (value: number) => string = String): number[] {
  if (!(highest > 0)) return [0, 1]
  const rough = highest / 4
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const grids = roundFactors
    .map((factor) => factor * magnitude)
    .filter((step) => step >= rough)
    .map((step) => Array.from({ length: Math.ceil(highest / step - 1e-9) + 1 }, (_, index) => index * step))
  return grids.find((grid) => new Set(grid.map(textOf)).size === grid.length) ?? grids[0] ?? [0, highest]
}

/** Every how many labels one can stand without touching its neighbour, for `count` labels and room for `fit`. */
export function labelStride(count: number, fit: number): number {
  return Math.max(1, Math.ceil(count / fit))
}
