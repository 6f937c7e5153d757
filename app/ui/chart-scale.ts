/** Round values from zero to at least `highest`, three to five of them, for the lines of a grid. */
export function gridValues(highest: number): number[] {
  if (!(highest > 0)) return [0, 1]
  const rough = highest / 4
  const magnitude = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * magnitude).find((candidate) => candidate >= rough) ?? rough
  return Array.from({ length: Math.ceil(highest / step - 1e-9) + 1 }, (_, index) => index * step)
}

/** Every how many labels one can stand without touching its neighbour, for `count` labels and room for `fit`. */
export function labelStride(count: number, fit: number): number {
  return Math.max(1, Math.ceil(count / fit))
}
