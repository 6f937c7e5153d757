/**
 * Whether the database refused these very rows: a value out of range, or a constraint. Trying again cannot help, in
 * contrast to a lost connection or a deadlock.
 */
export function isRefusedData(failure: unknown): boolean {
  return sqlStatesOf(failure, 0).some((state) => /^2[23][0-9A-Z]{3}$/.test(state))
}

function sqlStatesOf(value: unknown, depth: number): string[] {
  if (depth > 5 || typeof value !== 'object' || value === null) return []
  const { code, originalCode, sqlState, cause, meta, driverAdapterError } = value as Record<string, unknown>
  const own = [code, originalCode, sqlState].filter((state): state is string => typeof state === 'string')
  return [...own, ...[cause, meta, driverAdapterError].flatMap((inner) => sqlStatesOf(inner, depth + 1))]
}
