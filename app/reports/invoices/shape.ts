import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { InvoiceBuyer, InvoiceLineKind, InvoiceSeller, LineSubject } from '#app/domain/invoice/finalised-invoice.ts'
import type { ShownStatus } from '#app/domain/invoice/invoice-status.ts'
import type { Money } from '#app/domain/money/money.ts'
import type { LocalDate } from '#app/domain/time/local-date.ts'

/** One row of a list of documents; dates are the seller's, the period's end is exclusive. */
export type InvoiceListItem = {
  readonly id: string
  readonly publicId: string
  readonly documentType: DocumentType
  readonly number: string
  readonly accountId: string
  readonly buyerName: string
  readonly issueDate: LocalDate
  readonly dueDate: LocalDate
  readonly periodStart: LocalDate
  readonly periodEnd: LocalDate
  readonly net: Money
  readonly tax: Money
  readonly total: Money
  /** Settled by payments and credits; of a credit note what of it is used. */
  readonly paid: Money
  /** What credit notes took of it, tax included. */
  readonly credited: Money
  /** Of `paid`, what credits settled; the rest came as money. */
  readonly settledByCredit: Money
  readonly status: ShownStatus
  readonly hasPdf: boolean
}

export type InvoiceList = { readonly rows: readonly InvoiceListItem[]; readonly nextCursor: string | null }

/** One line; quantities, prices and rates are decimal texts, the price in major units, the rate in percent. */
export type InvoiceLineView = {
  readonly id: string
  readonly kind: InvoiceLineKind
  readonly subject: LineSubject
  readonly quantity: string
  readonly unit: string
  readonly includedQuantity: string
  readonly billedQuantity: string
  readonly unitPrice: string
  readonly net: Money
  readonly taxCategory: string
  readonly taxRate: string
  readonly periodStart: Date
  readonly periodEnd: Date
}

/** The lines of one user of the contract: the payer, or one of its departments. */
export type InvoiceSectionView = {
  readonly accountId: string
  readonly name: string
  /** Only of sections by project; null for what is in none. */
  readonly project?: string | null
  readonly lines: readonly InvoiceLineView[]
  readonly net: Money
}

export type InvoiceTaxView = {
  readonly category: string
  readonly rate: string
  readonly base: Money
  readonly tax: Money
  readonly reason: string
}

export type InvoiceDeliveryView = {
  readonly recipient: string
  readonly state: 'sending' | 'accepted' | 'bounced' | 'withheld'
  readonly createdAt: Date
  readonly acceptedAt: Date | null
}

/** A document that belongs to another: the one it changes, or those that change it. */
export type RelatedDocument = {
  readonly id: string
  readonly documentType: DocumentType
  readonly number: string
  readonly issueDate: LocalDate
  readonly total: Money
}

export type InvoiceDetail = InvoiceListItem & {
  readonly reason: string | null
  readonly refersTo: RelatedDocument | null
  /** Oldest first. */
  readonly referredToBy: readonly RelatedDocument[]
  readonly language: string
  readonly seller: InvoiceSeller
  readonly buyer: InvoiceBuyer
  readonly sections: readonly InvoiceSectionView[]
  /** The same by user and project, where the payer wants it: a line that was in several stands in each with its share. */
  readonly byProject: readonly InvoiceSectionView[] | null
  readonly taxes: readonly InvoiceTaxView[]
  readonly deliveries: readonly InvoiceDeliveryView[]
  /** Of `paid`, what came from the buyer's balance. */
  readonly settledByBalance: Money
  readonly contentHash: string
  readonly finalisedAt: Date
}

/** Where the file of an invoice lies in the file store. */
export type InvoicePdf = { readonly fileKey: string; readonly filename: string }

/** What an account used on a document that another one pays, with its part of the tax; a credit lowers it. No tax document. */
export type ShowbackListItem = {
  readonly id: string
  readonly accountId: string
  readonly name: string
  readonly isCredit: boolean
  readonly issueDate: LocalDate
  readonly periodStart: LocalDate
  readonly periodEnd: LocalDate
  readonly net: Money
  readonly tax: Money
  readonly total: Money
}

export type ShowbackList = { readonly rows: readonly ShowbackListItem[]; readonly nextCursor: string | null }

export type ShowbackView = ShowbackListItem & { readonly lines: readonly Omit<InvoiceLineView, 'taxCategory' | 'taxRate'>[] }
