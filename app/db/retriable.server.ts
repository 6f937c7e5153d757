const codes = new Set(['40001', '40P01', 'P2034'])

/** Whether the whole transaction may simply run again: serialization failure or deadlock, however deep it is wrapped. */
export function isRetriable(failure: unknown): boolean {
  return codesOf(failure, 0).some((code) => codes.has(code))
}

/** Whether a unique key refused the write: somebody was first. */
export function isDuplicate(failure: unknown): boolean {
  return codesOf(failure, 0).some((code) => code === '23505' || code === 'P2002')
}

function codesOf(value: unknown, depth: number): string[] {
  if (depth > 5 || typeof value !== 'object' || value === null) return []
  const found: string[] = []
  for (const name of ['code', 'originalCode', 'sqlState']) {
    const code = (value as Record<string, unknown>)[name]
    if (typeof code === 'string') found.push(code)
  }
  for (const name of ['cause', 'meta', 'driverAdapterError']) found.push(...codesOf((value as Record<string, unknown>)[name], depth + 1))
  return found
}
