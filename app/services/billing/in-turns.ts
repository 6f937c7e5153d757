import { setImmediate } from 'node:timers/promises'

/** Some milliseconds of work. */
const turnSize = 10

/**
 * What `work` makes of each item, in order. After every few items whoever else waits for this process has a turn: a transaction that holds the
 * numbers of a series is not kept waiting by the arithmetic of the next one.
 */
export async function inTurns<Item, Outcome>(items: readonly Item[], work: (item: Item, place: number) => Outcome): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const [place, item] of items.entries()) {
    if (place > 0 && place % turnSize === 0) await setImmediate()
    outcomes.push(work(item, place))
  }
  return outcomes
}
