import { stdnum } from 'stdnum'
import type { VatIdStatus } from '#app/db/people/accounts.server.ts'

type Check = (vatId: string) => { isValid: boolean }

// Which of a country's numbers is the one VAT knows it by.
const numberOf: Readonly<Record<string, string>> = {
  AT: 'uid',
  BE: 'vat',
  BG: 'vat',
  HR: 'oib',
  CY: 'vat',
  CZ: 'dic',
  DK: 'cvr',
  EE: 'kmkr',
  FI: 'alv',
  FR: 'tva',
  DE: 'vat',
  GR: 'vat',
  HU: 'anum',
  IE: 'vat',
  IT: 'iva',
  LV: 'pvn',
  LT: 'pvm',
  LU: 'tva',
  MT: 'vat',
  NL: 'btw',
  PL: 'nip',
  PT: 'nif',
  RO: 'cif',
  SK: 'dph',
  SI: 'ddv',
  ES: 'nif',
  SE: 'vat',
  GB: 'vat',
  CH: 'uid',
  NO: 'mva',
}

/** Greece writes EL where ISO says GR. */
const prefixOf: Readonly<Record<string, string>> = { GR: 'EL', CH: 'CHE' }

export type VatIdCheck = { readonly vatId: string | null; readonly status: VatIdStatus }

/**
 * Judges a VAT id by its form and check digits alone, for a party in `country` (ISO 3166 alpha-2).
 * `none` without one, `valid` or `invalid` where the country's rule is known, else `pending`: never guessed.
 * The id returned is upper case without blanks, dots and dashes, with its country prefix where the rule is known; a British one keeps
 * XI, the prefix of Northern Ireland.
 */
export function checkVatId(country: string, input: string | null | undefined): VatIdCheck {
  const compact = (input ?? '')
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s.\-/]/g, '')
  if (compact === '') return { vatId: null, status: 'none' }

  const check = validatorOf(country)
  if (!check) return { vatId: compact.slice(0, 40), status: 'pending' }

  const prefix = country === 'GB' && compact.startsWith('XI') ? 'XI' : (prefixOf[country] ?? country)
  const bare = withoutSuffix(country, compact.startsWith(prefix) ? compact.slice(prefix.length) : compact)
  if (/^[A-Z]{2}\d/.test(compact) && !compact.startsWith(country) && !compact.startsWith(prefix))
    return { vatId: compact.slice(0, 40), status: 'invalid' }
  const form = prefix === 'XI' ? bare : `${prefix}${bare}`
  return { vatId: `${prefix}${bare}`.slice(0, 40), status: check(form).isValid ? 'valid' : 'invalid' }
}

function withoutSuffix(country: string, bare: string): string {
  return country === 'CH' ? bare.replace(/(MWST|TVA|IVA)$/, '') : bare
}

function validatorOf(country: string): Check | undefined {
  const name = numberOf[country]
  const numbers = (stdnum as Record<string, Record<string, { validate: Check }> | undefined>)[country]
  return name ? numbers?.[name]?.validate : undefined
}
