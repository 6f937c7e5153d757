/** After how many days a register is asked about an id again: one that it knew, one that it did not. */
const recheckDays = { valid: 90, invalid: 7 } as const

/** Minutes until a register that did not answer is asked again: a quarter of an hour, doubled with every further failure, a day at most. */
export function retryMinutes(failures: number): number {
  return Math.min(24 * 60, 15 * 2 ** (Math.max(1, failures) - 1))
}

/** What is known of an id: the last answer about it, and the questions since then that brought none. */
export type VatIdHistory = {
  readonly answer: { readonly outcome: 'valid' | 'invalid'; readonly at: Date } | null
  readonly failures: number
  readonly lastFailure: Date | null
}

/** When the register is to be asked next. Null: it never was, so at once. */
export function nextCheckAt({ answer, failures, lastFailure }: VatIdHistory): Date | null {
  if (lastFailure) return new Date(lastFailure.getTime() + retryMinutes(failures) * 60_000)
  return answer ? new Date(answer.at.getTime() + recheckDays[answer.outcome] * 86_400_000) : null
}
