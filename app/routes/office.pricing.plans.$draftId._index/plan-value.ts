/** What stands at a path of a plan that may be wrong anywhere; undefined where nothing does. */
export function valueAt(plan: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => {
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
  }, plan)
}

/** The same as the text of a field. */
export function textAt(plan: unknown, path: string): string {
  const value = valueAt(plan, path)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** How many rows stand at a path. */
export function rowsAt(plan: unknown, path: string): number {
  const value = valueAt(plan, path)
  return Array.isArray(value) ? value.length : 0
}

/** What the form has no fields for, as JSON: it goes through the form unchanged. */
export function restOf(plan: unknown): string {
  if (typeof plan !== 'object' || plan === null) return '{}'
  const shown = new Set(['fees', 'usage'])
  return JSON.stringify(Object.fromEntries(Object.entries(plan).filter(([key]) => !shown.has(key))))
}

/** The name of the field that a JSON pointer means. */
export function fieldOf(pointer: string): string {
  return pointer.slice(1).replaceAll('/', '.')
}
