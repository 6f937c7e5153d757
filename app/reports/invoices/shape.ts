import type { Money } from '#app/domain/money/money.ts'

export type InvoiceStatus = 'draft' | 'open' | 'overdue' | 'paid' | 'void' | 'uncollectible'

export type InvoiceListFilter = { readonly status?: InvoiceStatus | undefined; readonly accountId?: string | undefined; readonly month?: string | undefined; readonly search?: string | undefined; readonly page: number }

export type InvoiceRow = {
  readonly id: string
  readonly publicId: string
  readonly number: string
  readonly accountId: string
  readonly accountName: string
  readonly status: InvoiceStatus
  readonly issuedOn: string
  readonly dueOn: string
  readonly periodStart: Date
  readonly periodEnd: Date
  readonly net: Money
  readonly tax: Money
  readonly total: Money
  readonly open: Money
  readonly hasDocument: boolean
}

/** `totals` are of everything the filter finds, one per currency. */
export type InvoiceList = {
  readonly rows: readonly InvoiceRow[]
  readonly total: number
  readonly page: number
  readonly pageSize: number
  readonly hasAny: boolean
  readonly totals: readonly Money[]
}

export type InvoiceLineView = {
  readonly id: string
  readonly description: string
  readonly detail: string | null
  readonly quantity: string
  readonly unit: string
  readonly unitPrice: string
  readonly amount: Money
}
export type InvoiceSection = { readonly key: string; readonly title: string | null; readonly lines: readonly InvoiceLineView[]; readonly subtotal: Money }
export type InvoiceTaxLine = { readonly percent: string; readonly base: Money; readonly tax: Money; readonly reason: 'standard' | 'reverse-charge' | 'outside-scope' }
export type InvoiceEvent = { readonly id: string; readonly at: Date; readonly what: 'drafted' | 'finalised' | 'rendered' | 'delivered' | 'delivery-failed' | 'paid' | 'voided'; readonly detail: string | null }

export type InvoiceDetail = InvoiceRow & {
  readonly sellerLines: readonly string[]
  readonly buyerLines: readonly string[]
  readonly sections: readonly InvoiceSection[]
  readonly taxes: readonly InvoiceTaxLine[]
  readonly events: readonly InvoiceEvent[]
  /** sha-256 of the document, hex; null until it is rendered. */
  readonly documentHash: string | null
}

/** Where the finished document lies; the key never leaves the server. */
export type InvoiceFile = { readonly key: string; readonly fileName: string }
