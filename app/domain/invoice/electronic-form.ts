import { type Money, toDecimal } from '../money/money.ts'
import type { DocumentType } from './document-type.ts'

/** Whether an amount has a third decimal: EN 16931 takes two in each but prices of one unit (BR-DEC-01 to BR-DEC-28), in any currency. */
export function hasThirdDecimal(amount: Money): boolean {
  return toDecimal(amount).decimalPlaces() > 2
}

export type ElectronicFormFacts = {
  readonly documentType: DocumentType
  readonly sections: readonly { readonly lines: readonly { readonly net: Money }[] }[]
  readonly taxes: readonly { readonly base: Money; readonly tax: Money }[]
  readonly total: Money
}

/** Why a document has no form for machines: it is no invoice (decision 107), or the standard cannot hold its amounts; null where it has one. */
export function missingFormOf({ documentType, sections, taxes, total }: ElectronicFormFacts): 'receipt' | 'third-decimal' | null {
  if (documentType === 'prepayment-receipt') return 'receipt'
  const nets = sections.flatMap(({ lines }) => lines.map(({ net }) => net))
  const amounts = [...nets, ...taxes.flatMap(({ base, tax }) => [base, tax]), total]
  return amounts.some(hasThirdDecimal) ? 'third-decimal' : null
}
