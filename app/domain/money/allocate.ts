import { invariant } from '../shared/invariant.ts'
import type { Decimal } from './decimal.ts'
import { type Money, money } from './money.ts'

/**
 * Splits `whole` in proportion to `weights`, in minor units (B6): floors first, then one minor unit each by
 * largest remainder, ties to the first share. The shares sum to the whole; a negative whole splits like its
 * positive twin; a zero weight gets zero.
 * @throws InvariantError for a negative weight, or when a whole other than zero has no weight to go to.
 */
export function allocate(whole: Money, weights: readonly Decimal[]): Money[] {
  const parts = toIntegers(weights)
  const total = parts.reduce((sum, part) => sum + part, 0n)
  if (total === 0n) {
    invariant(whole.minor === 0n, 'allocate: there is no weight to carry the whole')
    return parts.map(() => money(0n, whole.currency))
  }

  const sign = whole.minor < 0n ? -1n : 1n
  const shares = shareOut(whole.minor * sign, parts, total)
  return shares.map((share) => money(share * sign, whole.currency))
}

function shareOut(magnitude: bigint, parts: readonly bigint[], total: bigint): bigint[] {
  const shares = parts.map((part) => (magnitude * part) / total)
  const left = magnitude - shares.reduce((sum, share) => sum + share, 0n)
  const byRemainder = parts
    .map((part, index) => ({ index, remainder: (magnitude * part) % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder < b.remainder ? 1 : -1))

  for (const { index } of byRemainder.slice(0, Number(left))) shares[index] = (shares[index] ?? 0n) + 1n
  return shares
}

/** The weights as whole numbers of one common scale, so that no share is computed from a rounded fraction. */
function toIntegers(weights: readonly Decimal[]): bigint[] {
  const places = Math.max(0, ...weights.map((weight) => weight.decimalPlaces()))
  return weights.map((weight) => {
    invariant(weight.isFinite() && !weight.lessThan(0), 'allocate: weights are zero or more')
    return BigInt(weight.toFixed(places).replace('.', ''))
  })
}
