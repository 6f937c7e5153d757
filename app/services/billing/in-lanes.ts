/**
 * Does `work` for each of `items`, at most `lanes` of them at once, each lane taking the next item as soon as it is free. Returns the outcomes
 * in the order of the items. When one fails no other begins, and the first failure is thrown once those under way have ended.
 */
export async function inLanes<Item, Outcome>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item) => Promise<Outcome>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const failures: unknown[] = []
  const waiting = items.entries()
  const lane = async () => {
    for (const [place, item] of waiting) {
      if (failures.length > 0) return
      try {
        outcomes[place] = await work(item)
      } catch (failure) {
        failures.push(failure)
      }
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  if (failures.length > 0) throw failures[0]
  return outcomes
}
