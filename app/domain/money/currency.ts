import { invariant } from '../shared/invariant.ts'

/** Minor-unit exponents that differ from 2, from the ISO 4217 list of active codes. */
const exponents: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
}

const known = new Set(Intl.supportedValuesOf('currency').filter((code) => !code.startsWith('X') || code in exponents))

/** Whether `code` is an ISO 4217 code Livery can invoice in; upper case only, no test codes, no metals. */
export function isCurrency(code: string): boolean {
  return known.has(code)
}

/**
 * Number of decimals of the currency's minor unit: 0, 2 or 3 (ISO 4217; never Intl's display digits).
 * @throws InvariantError for a code that is not a currency.
 */
export function exponentOf(currency: string): number {
  invariant(isCurrency(currency), `exponentOf: ${currency} is not a currency`)
  return exponents[currency] ?? 2
}

/** Every currency that can be invoiced in, in order of its code, as this runtime knows them: a browser may know others, so pages are told. */
export const currencyCodes: readonly string[] = [...known].sort()
