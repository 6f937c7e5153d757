// PostgreSQL's jsonb takes neither U+0000 nor half a surrogate pair; one such character would refuse a whole batch.
// biome-ignore lint/suspicious/noControlCharactersInRegex: U+0000 is what is looked for -- reason above
const unstorable = /\u0000|\p{Surrogate}/gu

/** `value` with the characters that a database cannot hold replaced by U+FFFD, in keys too; otherwise as it was. */
export function storable<T>(value: T): T {
  return clean(value) as T
}

/** One text without characters that a database cannot hold. */
export function storableText(text: string): string {
  return text.replace(unstorable, '\uFFFD')
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [storableText(key), clean(held)]))
}
