/**
 * A fault on one page of listUsageRecords, the first `times` times it is asked, once by default. `loop` and `overlap` touch every
 * later page too and do not end: `loop` serves this one page for all of them, `overlap` begins each ten records early.
 * `repeat` serves the page before instead, `empty` says there is nothing, `malformed` and `truncated` break the JSON, `cut` ends the connection in the middle of the body,
 * `huge` answers with far more than any page, `slow` waits `delayMs`, `silent` never answers.
 */
export type Fault = { readonly page: number; readonly times?: number } & (
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly kind: 'repeat' | 'overlap' | 'empty' | 'loop' | 'malformed' | 'truncated' | 'cut' | 'huge' | 'silent' }
  | { readonly kind: 'slow'; readonly delayMs: number }
)

/** Hands out the faults that are due and counts them down. */
export function faultCounter(faults: readonly Fault[]): (page: number) => Fault | undefined {
  const left = faults.map((fault) => fault.times ?? (isLasting(fault) ? Number.POSITIVE_INFINITY : 1))
  return (page) => {
    const index = faults.findIndex((fault, at) => (left[at] ?? 0) > 0 && (fault.page === page || (isLasting(fault) && page > fault.page)))
    if (index < 0) return undefined
    left[index] = (left[index] ?? 0) - 1
    return faults[index]
  }
}

function isLasting(fault: Fault): boolean {
  return fault.kind === 'loop' || fault.kind === 'overlap'
}
