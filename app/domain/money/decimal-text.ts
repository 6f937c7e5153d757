/** Digits and how many of them stand behind the point, e.g. `8.1` is 81 with one. Decimal text only: sign, digits, point. */
type Digits = { readonly whole: bigint; readonly decimals: number }

/**
 * `text × numerator / denominator` as decimal text with at most `digits` decimals, rounded half away from zero, without trailing zeros.
 * Whole numbers do the work: pages that only show prices need no library for decimals. The denominator is above zero.
 */
export function timesRatio(text: string, [numerator, denominator]: readonly [string, string], digits: number): string {
  const [value, above, below] = [digitsOf(text), digitsOf(numerator), digitsOf(denominator)]
  const scale = digits + below.decimals - value.decimals - above.decimals
  const dividend = value.whole * above.whole * 10n ** BigInt(Math.max(scale, 0))
  const divisor = below.whole * 10n ** BigInt(Math.max(-scale, 0))
  return trimmed(shifted(dividedBy(dividend, divisor), digits))
}

/** `a / b` rounded half away from zero, the one rounding of the product (B2). `b` is above zero. */
export function dividedBy(a: bigint, b: bigint): bigint {
  const size = a < 0n ? -a : a
  const rounded = (size * 2n + b) / (b * 2n)
  return a < 0n ? -rounded : rounded
}

/** `whole` with its point moved `decimals` to the left, e.g. `shifted(1999n, 2)` is `19.99`. */
export function shifted(whole: bigint, decimals: number): string {
  if (decimals === 0) return whole.toString()
  const digits = (whole < 0n ? -whole : whole).toString().padStart(decimals + 1, '0')
  return `${whole < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

function digitsOf(text: string): Digits {
  const [before = '', behind = ''] = text.split('.')
  return { whole: BigInt(before + behind), decimals: behind.length }
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
