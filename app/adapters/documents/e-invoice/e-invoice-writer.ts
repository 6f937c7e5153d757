import { checkTotals } from '#app/domain/invoice/check-totals.ts'
import { hasThirdDecimal } from '#app/domain/invoice/electronic-form.ts'
import type { ElectronicInvoice } from '#app/domain/invoice/electronic-invoice.ts'
import { type Money, toDecimal } from '#app/domain/money/money.ts'
import type { EInvoiceFormat, EInvoiceProblem, EInvoiceWriter } from '#app/ports/e-invoice-writer.ts'
import { libraryInvoice } from './library-invoice.ts'
import { loadLibrary } from './load-library.ts'

/** Names of the formats in the library. */
const libraryFormats: Readonly<Record<EInvoiceFormat, string>> = {
  ubl: 'UBL',
  cii: 'CII',
  'xrechnung-ubl': 'XRECHNUNG-UBL',
  'xrechnung-cii': 'XRECHNUNG-CII',
  // The same syntax; the profile of a file inside a PDF is plain EN 16931 as well.
  'factur-x': 'CII',
}

type Problem = { readonly error: EInvoiceProblem; readonly detail: string }

/** E-invoices by @e-invoice-eu/core, whose schema checks each; the arithmetic is checked before it. */
export function createEInvoiceWriter(): EInvoiceWriter {
  return {
    async write(invoice, format) {
      const problem = problemOf(invoice, format)
      if (problem) return { ok: false, ...problem }
      const library = await loadLibrary()
      return library.write(libraryInvoice(invoice, format), libraryFormats[format])
    },
  }
}

function problemOf(invoice: ElectronicInvoice, format: EInvoiceFormat): Problem | null {
  const unrepresentable = amountsOf(invoice).find(hasThirdDecimal)
  if (unrepresentable) return { error: 'currency-not-representable', detail: `${toDecimal(unrepresentable).toFixed()} ${invoice.currency}` }
  const broken = checkTotals(invoice)
  if (broken.length > 0) return { error: 'totals-disagree', detail: broken.join(', ') }
  if (!isXRechnung(format)) return null
  if (['325', '386'].includes(invoice.typeCode)) return { error: 'type-not-in-format', detail: invoice.typeCode }
  const missing = missingForXRechnung(invoice)
  return missing.length > 0 ? { error: 'fact-missing', detail: missing.join(', ') } : null
}

function isXRechnung(format: EInvoiceFormat): boolean {
  return format === 'xrechnung-ubl' || format === 'xrechnung-cii'
}

/** What XRechnung demands beyond the standard (BR-DE-2 to BR-DE-9), by the number of the term. */
function missingForXRechnung({ seller, buyer }: ElectronicInvoice): string[] {
  const terms: readonly (readonly [string, unknown])[] = [
    ['BT-37 seller city', seller.address.city],
    ['BT-38 seller post code', seller.address.postalCode],
    ['BT-41 seller contact', seller.contact],
    ['BT-52 buyer city', buyer.address.city],
    ['BT-53 buyer post code', buyer.address.postalCode],
  ]
  return terms.filter(([, value]) => value === null).map(([term]) => term)
}

function amountsOf({ lines, adjustments, taxes, totals }: ElectronicInvoice): Money[] {
  return [
    ...lines.map(({ net }) => net),
    ...adjustments.map(({ amount }) => amount),
    ...taxes.flatMap(({ base, tax }) => [base, tax]),
    ...Object.values(totals),
  ]
}
