const roundFactors = [1, 2, 2.5, 5, 10, 20, 50, 100]

/**
 * Round values from zero, or from at most a `lowest` below it, to at least `highest`, three to six of them, for the lines of a grid. Fewer
 * where their texts would be the same: a cent has no quarters.
 */
export function gridValues(highest: number, textOf: (value: number) => string = String, lowest = 0): number[] {
  const [from, to] = [Math.min(lowest, 0), Math.max(highest, 0)]
  if (!(to > from)) return [0, 1]
  const rough = (to - from) / 4
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const grids = roundFactors
    .map((factor) => factor * magnitude)
    .filter((step) => step >= rough)
    .map((step) => multiples(step, Math.floor(from / step + 1e-9), Math.ceil(to / step - 1e-9)))
  return grids.find((grid) => new Set(grid.map(textOf)).size === grid.length) ?? grids[0] ?? [from, to]
}

function multiples(step: number, first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
}

/** Every how many labels one can stand without touching its neighbour, for `count` labels and room for `fit`. */
export function labelStride(count: number, fit: number): number {
  return Math.max(1, Math.ceil(count / fit))
}
