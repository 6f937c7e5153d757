/** Prefixes of VAT ids that are no ISO 3166 code. */
const countries: Readonly<Record<string, string>> = { EL: 'GR', XI: 'GB' }

/** The country that issued a VAT id, by its prefix; null without one. */
export function vatCountryOf(vatId: string | null): string | null {
  const prefix = vatId?.slice(0, 2).toUpperCase() ?? ''
  return /^[A-Z]{2}$/.test(prefix) ? (countries[prefix] ?? prefix) : null
}
