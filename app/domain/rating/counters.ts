import { Decimal } from '../money/decimal.ts'
import type { LocalDate } from '../time/local-date.ts'

/** How much of one price was used in one billing month of a contract, free units included. */
export type UsageCounter = { readonly counterKey: string; readonly periodStart: LocalDate; readonly consumed: Decimal }

/** A counter while a batch is rated. */
export type OpenCounter = {
  readonly counterKey: string
  readonly periodStart: LocalDate
  /** It was not among those given: nothing was counted before. */
  readonly isNew: boolean
  consumed: Decimal
  hasMoved: boolean
}

/** The counters of one batch. `open` finds or starts one; `moved` lists those that changed, with their new values. */
export type CounterBook = {
  open(counterKey: string, periodStart: LocalDate): OpenCounter
  moved(): UsageCounter[]
}

const none = new Decimal(0)

/** Opens the counters as they stood before the batch; one that is missing stands at zero. */
export function openCounters(counters: readonly UsageCounter[]): CounterBook {
  const book = new Map<string, OpenCounter>()
  for (const { counterKey, periodStart, consumed } of counters)
    book.set(`${periodStart}|${counterKey}`, { counterKey, periodStart, isNew: false, consumed, hasMoved: false })

  return {
    open(counterKey, periodStart) {
      const key = `${periodStart}|${counterKey}`
      const found = book.get(key)
      if (found) return found
      const made = { counterKey, periodStart, isNew: true, consumed: none, hasMoved: false }
      book.set(key, made)
      return made
    },
    moved() {
      const changed = [...book.values()].filter((counter) => counter.hasMoved)
      return changed.map(({ counterKey, periodStart, consumed }) => ({ counterKey, periodStart, consumed }))
    },
  }
}

/** Counts `consumed` as the new state of `counter`. */
export function moveCounter(counter: OpenCounter, consumed: Decimal): void {
  counter.consumed = consumed
  counter.hasMoved = true
}
