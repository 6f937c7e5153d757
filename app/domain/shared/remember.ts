/** `work`, done once for each key: most contracts of a seller share their cycle, and calendars are dear. */
export function remember<T, R>(keyOf: (input: T) => string, work: (input: T) => R): (input: T) => R {
  const known = new Map<string, R>()
  return (input) => {
    const key = keyOf(input)
    const found = known.get(key)
    if (found !== undefined || known.has(key)) return found as R
    const made = work(input)
    known.set(key, made)
    return made
  }
}
