import type { ElectronicInvoice } from '#app/domain/invoice/electronic-invoice.ts'

/**
 * `ubl` is Peppol BIS Billing 3, `cii` plain EN 16931, the two XRechnungen what German authorities take, `factur-x` the CII that travels inside
 * a PDF (ZUGFeRD).
 */
export type EInvoiceFormat = 'ubl' | 'cii' | 'xrechnung-ubl' | 'xrechnung-cii' | 'factur-x'

/**
 * - `totals-disagree`: an arithmetic rule of EN 16931 is broken; `detail` names it.
 * - `currency-not-representable`: an amount has more than the two decimals the standard knows.
 * - `type-not-in-format`: the format has no such document, e.g. a pro-forma for an authority.
 * - `fact-missing`: the format demands what is not known; `detail` names it.
 * - `schema-violated`: the document does not fit the schema; `detail` says where.
 */
export type EInvoiceProblem = 'totals-disagree' | 'currency-not-representable' | 'type-not-in-format' | 'fact-missing' | 'schema-violated'

export type EInvoiceResult =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly error: EInvoiceProblem; readonly detail: string }

/** Writes documents for machines, checked before they leave. Same input, same text. Reaches no network and no files. */
export interface EInvoiceWriter {
  /** The document as XML, or why it cannot be. */
  write(invoice: ElectronicInvoice, format: EInvoiceFormat): Promise<EInvoiceResult>
}
