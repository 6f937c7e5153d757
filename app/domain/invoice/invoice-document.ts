import type { SwissSlip } from './payment-slip.ts'

/** A fact and what it is called, both as printed. */
export type LabelledValue = { readonly label: string; readonly value: string }

/** One invoice line as printed: `detail` is the small print under the description. */
export type InvoiceDocumentLine = {
  readonly description: string
  readonly detail?: string
  readonly quantity: string
  readonly unitPrice: string
  readonly amount: string
}

/** Lines that belong together, e.g. one department's; a section alone on a document has neither title nor subtotal. */
export type InvoiceDocumentSection = {
  readonly title?: string
  readonly lines: readonly InvoiceDocumentLine[]
  readonly subtotal?: LabelledValue
}

/** What every page of a seller wears, already formatted in the document's language. */
export type DocumentFrame = {
  readonly language: string
  readonly direction: 'ltr' | 'rtl'
  /** ISO instant that stands as creation date in the file, so that two renderings give the same bytes. */
  readonly createdAt: string
  readonly title: string
  /** The seller's brand: the only name in the file's metadata. `accent` is `#rrggbb`. */
  readonly brand: { readonly name: string; readonly accent: string; readonly logoSvg?: string }
  /** `returnLine` stands small above the buyer, inside the envelope's window; `footer` is up to four columns of legal facts. */
  readonly seller: { readonly lines: readonly string[]; readonly returnLine: string; readonly footer: readonly (readonly string[])[] }
  readonly buyer: { readonly lines: readonly string[] }
  /** Number, dates, period, customer number: the small table at the top. */
  readonly facts: readonly LabelledValue[]
  readonly notes: readonly string[]
  /** Foot of each page, with `{page}` and `{pages}` where the numbers go. */
  readonly pageLabel: string
}

/** How to pay. `code` is the text of an EPC code. */
export type InvoiceDocumentPayment = {
  readonly title: string
  readonly text: string
  readonly rows: readonly LabelledValue[]
  readonly code?: { readonly payload: string; readonly caption: string }
}

/** The Swiss QR bill: `slip` is what the code says, `words` are the headings the scheme prescribes. */
export type SwissSlipDocument = {
  readonly slip: SwissSlip
  readonly language: string
  readonly words: {
    readonly receipt: string
    readonly paymentPart: string
    readonly payableTo: string
    readonly reference: string
    readonly information: string
    readonly payableBy: string
    readonly payableByBlank: string
    readonly currency: string
    readonly amount: string
    readonly acceptancePoint: string
  }
  /** As printed: account, name, street and place. */
  readonly payableTo: readonly string[]
  readonly reference: string | null
  readonly information: string | null
  /** Null where the payer is to be written by hand. */
  readonly payableBy: readonly string[] | null
  readonly amount: string
}

/** Everything an invoice page shows: the template decides nothing. Credit notes and the other types are the same page with other words. */
export type InvoiceDocument = DocumentFrame & {
  readonly columns: { readonly description: string; readonly quantity: string; readonly unitPrice: string; readonly amount: string }
  readonly sections: readonly InvoiceDocumentSection[]
  readonly taxes: {
    readonly columns: { readonly rate: string; readonly base: string; readonly tax: string }
    readonly rows: readonly { readonly rate: string; readonly base: string; readonly tax: string }[]
  }
  /** Subtotal and discounts, where there are any, then net, tax, total: the last one is printed largest. */
  readonly totals: readonly LabelledValue[]
  readonly payment?: InvoiceDocumentPayment
  readonly swissSlip?: SwissSlipDocument
}
