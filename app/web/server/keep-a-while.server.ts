import { clock } from '#app/config/clock.server.ts'

/** What may be kept: for how many milliseconds, and of how many keys at most; the oldest goes first. */
type Keeping = { readonly keepMs: number; readonly keepAtMost: number }

/** Keeps in this process what is the same for many readers. What is asked for is made by `make` where it is not kept, or too old. */
export function keepAWhile<T>({ keepMs, keepAtMost }: Keeping): (key: string, make: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, { readonly until: number; readonly value: T }>()
  return async (key, make) => {
    const known = kept.get(key)
    if (known && known.until > clock.now().getTime()) return known.value
    const value = await make()
    kept.delete(key)
    const oldest = kept.keys().next().value
    if (kept.size >= keepAtMost && oldest !== undefined) kept.delete(oldest)
    kept.set(key, { until: clock.now().getTime() + keepMs, value })
    return value
  }
}
