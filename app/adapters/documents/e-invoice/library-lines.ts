import type { ElectronicLine } from '#app/domain/invoice/electronic-invoice.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { amount, type Part, taxCategory } from './library-parts.ts'
import { xmlText } from './xml-text.ts'

/** UNECE Recommendation 20; what has no code of its own is counted in ones, its unit stands in the words. */
const unitCodes: Readonly<Record<string, string>> = { hour: 'HUR', month: 'MON', GB: 'E34', piece: 'C62' }

/** One line (BG-25) in the library's form; lines are numbered from 1. */
export function libraryLine(line: ElectronicLine, index: number): Part {
  const unitCode = unitCodes[line.unit] ?? 'C62'
  return {
    'cbc:ID': String(index + 1),
    'cbc:InvoicedQuantity': line.quantity.toFixed(),
    'cbc:InvoicedQuantity@unitCode': unitCode,
    ...amount('cbc:LineExtensionAmount', line.net),
    ...(line.period ? { 'cac:InvoicePeriod': { 'cbc:StartDate': line.period.start, 'cbc:EndDate': line.period.end } } : {}),
    'cac:Item': {
      ...(line.description ? { 'cbc:Description': xmlText(line.description) } : {}),
      'cbc:Name': xmlText(line.name) || '–',
      'cac:ClassifiedTaxCategory': taxCategory(line),
    },
    'cac:Price': price(line, unitCode),
  }
}

/** The schema takes prices of two decimals: an hourly price is told for 1,000 hours, a smaller one for more. */
function price({ unitPrice, net }: ElectronicLine, unitCode: string): Part {
  const decimals = unitPrice.decimalPlaces()
  const base = decimals <= 2 ? new Decimal(1) : new Decimal(10).pow(Math.max(3, decimals - 2))
  return {
    'cbc:PriceAmount': unitPrice.times(base).toFixed(),
    'cbc:PriceAmount@currencyID': net.currency,
    ...(base.eq(1) ? {} : { 'cbc:BaseQuantity': base.toFixed(), 'cbc:BaseQuantity@unitCode': unitCode }),
  }
}
