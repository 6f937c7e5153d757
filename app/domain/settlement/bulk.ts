import type { Decimal } from '../money/decimal.ts'

/** Whether an order of `asked` units may pass: a pool with a hard cap has no room beyond its size. */
export function hasPoolRoom(input: {
  readonly size: Decimal
  readonly used: Decimal
  readonly asked: Decimal
  readonly hardCap: boolean
}): boolean {
  return !input.hardCap || input.used.plus(input.asked).lte(input.size)
}
