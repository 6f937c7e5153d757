export const pageSize = 50

/** Where page `page` (1 is the first) of a list begins. */
export function offsetOf(page: number): number {
  return (Math.max(1, Math.trunc(page)) - 1) * pageSize
}
