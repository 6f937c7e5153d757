import { Decimal } from '#app/domain/money/decimal.ts'

const plain = /^[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d{1,4})?$/
/** What NUMERIC(38,12) holds before its decimal point. */
const limit = new Decimal('1e26')

/**
 * A quantity as plain decimal text with every digit it came with, its decimal sign a point (a server with a comma locale writes
 * commas). Undefined for anything that is not one number, or that no ledger column could hold.
 */
export function readQuantity(text: string | undefined): string | undefined {
  const trimmed = text?.trim()
  if (trimmed === undefined || trimmed.length > 80 || !plain.test(trimmed)) return undefined
  const pointed = trimmed.replace(',', '.')
  const value = new Decimal(pointed)
  if (value.abs().greaterThanOrEqualTo(limit) || value.decimalPlaces() > 30) return undefined
  return /^-?\d+(\.\d+)?$/.test(pointed) ? pointed : value.toFixed()
}
