/** An address in parts, as structured documents want it. What the lines do not tell is null. */
export type PostalAddress = {
  readonly street: string | null
  /** What else stands before the place, e.g. a floor. */
  readonly addition: string | null
  readonly postalCode: string | null
  readonly city: string | null
  /** ISO 3166 alpha-2. */
  readonly country: string
}

const codeFirst = /^(?:[A-Z]{1,3}-)?(\d{4} ?[A-Z]{2}(?=\s)|\d{3} ?\d{2}|\d{2}-\d{3}|\d{3,6})\s+(\D.*)$/
const codeLast = /^(\D.*?),?\s+([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|\d{4,6})$/

/** The parts of an address that was typed as lines, the place in the last one. */
export function postalAddressOf(lines: readonly string[], country: string): PostalAddress {
  const written = lines.map((line) => line.trim()).filter((line) => line !== '')
  const place = written.at(-1)
  const [street, ...additions] = written.slice(0, -1)
  return {
    street: street ?? null,
    addition: additions.length > 0 ? additions.join(', ') : null,
    ...placeOf(place),
    country,
  }
}

function placeOf(line: string | undefined): Pick<PostalAddress, 'postalCode' | 'city'> {
  if (line === undefined) return { postalCode: null, city: null }
  const first = codeFirst.exec(line)
  if (first?.[1] && first[2]) return { postalCode: first[1], city: first[2] }
  const last = codeLast.exec(line)
  if (last?.[1] && last[2]) return { postalCode: last[2], city: last[1] }
  return { postalCode: null, city: line }
}

/** A street with its house number apart, where the number stands last. */
export function splitStreet(street: string): { readonly name: string; readonly number: string | null } {
  const parts = /^(.*\D)\s+(\d+\s?[a-zA-Z]?(?:[/-]\d+\s?[a-zA-Z]?)*)$/.exec(street)
  return parts?.[1] && parts[2] ? { name: parts[1].replace(/,$/, ''), number: parts[2] } : { name: street, number: null }
}
