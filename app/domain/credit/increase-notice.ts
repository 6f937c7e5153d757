const dayMs = 86_400_000

/**
 * How many days before the end of an increase its last due notice is given: 7 or 1, and null before the first one and once it ended. An
 * increase that is shorter than that is told of later only.
 */
export function reachedNotice({ from, until, now }: { readonly from: Date; readonly until: Date; readonly now: Date }): 7 | 1 | null {
  const left = until.getTime() - now.getTime()
  if (left <= 0) return null
  if (left <= dayMs) return 1
  return left <= 7 * dayMs && until.getTime() - from.getTime() > 7 * dayMs ? 7 : null
}
