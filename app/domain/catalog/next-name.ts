/** The longest name of a host. */
const longest = 63

/**
 * A name for one more of the same: the next free number after that of `name`, or 2 where it has none. Shortened where the number would make
 * it longer than the name of a host may be.
 */
export function nextName(name: string, taken: readonly string[]): string {
  const base = name.replace(/-\d{1,6}$/, '')
  const first = Number(name.slice(base.length + 1) || '1') + 1
  const isTaken = new Set(taken)
  for (let number = first; ; number += 1) {
    const end = `-${number}`
    const next = `${base.slice(0, longest - end.length).replace(/-+$/, '')}${end}`
    if (!isTaken.has(next)) return next
  }
}
