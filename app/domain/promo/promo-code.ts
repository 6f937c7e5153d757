import { invariant } from '../shared/invariant.ts'

/** Digits and letters that nobody takes for one another: no 0 and O, no 1 and I. 32 of them: five bits each. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Random bytes that one generated code is made of: 80 bits, beyond guessing. */
export const codeBytes = 10

/** The code that `bytes` spell, in groups of four, e.g. `7KQM-2XRD-P9VB-H4TC`. The bytes must come from a cryptographic source. */
export function codeFrom(bytes: Uint8Array): string {
  invariant(bytes.length === codeBytes, `codeFrom: a code is made of ${codeBytes} bytes`)
  const value = bytes.reduce((number, byte) => (number << 8n) | BigInt(byte), 0n)
  const symbols = Array.from({ length: (codeBytes * 8) / 5 }, (_, at) => alphabet[Number((value >> BigInt(5 * at)) & 31n)] ?? '')
  return symbols.join('').replace(/(.{4})(?=.)/g, '$1-')
}

/** A typed code as it is stored: upper case, without blanks; undefined for what can be no code. */
export function normaliseCode(text: string): string | undefined {
  const code = text.normalize('NFKC').replace(/\s+/g, '').toUpperCase()
  return /^[A-Z0-9][A-Z0-9_-]{3,39}$/.test(code) ? code : undefined
}
