import { invariant } from '../shared/invariant.ts'
import { remainder97 } from './iban.ts'

/** A creditor reference (ISO 11649) made of the letters and digits of `number`, e.g. `RF18 5390 0754 7034` unspaced; null when it has none or more than 21. */
export function creditorReference(number: string): string | null {
  const body = number.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')
  if (body === '' || body.length > 21) return null
  const check = String(98 - remainder97(`${body}RF00`)).padStart(2, '0')
  return `RF${check}${body}`
}

const carries = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5] as const

/** A QR reference of 27 digits made of the digits of `number`, the last one the check digit (modulo 10, recursive); null when it has none or more than 26. */
export function qrReference(number: string): string | null {
  const digits = number.replaceAll(/\D/g, '')
  if (digits === '' || digits.length > 26) return null
  const body = digits.padStart(26, '0')
  let carry = 0
  for (const digit of body) carry = carries[(carry + Number(digit)) % 10] ?? 0
  return `${body}${(10 - carry) % 10}`
}

/** As printed: a creditor reference in groups of four, a QR reference as 2 and five times 5 digits. */
export function printReference(reference: string): string {
  if (reference.startsWith('RF')) return reference.replaceAll(/(.{4})(?=.)/g, '$1 ')
  invariant(reference.length === 27, `printReference: ${reference} is neither a creditor nor a QR reference`)
  return `${reference.slice(0, 2)} ${reference.slice(2).replaceAll(/(.{5})(?=.)/g, '$1 ')}`
}
