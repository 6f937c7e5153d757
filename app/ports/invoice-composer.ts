import type { ElectronicInvoice } from '#app/domain/invoice/electronic-invoice.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import type { InvoiceDocument } from '#app/domain/invoice/invoice-document.ts'
import type { MailAddress } from './mailer.ts'

/** The mail that carries an invoice, without its attachment and recipient. */
export type InvoiceMail = {
  readonly from: MailAddress
  readonly replyTo?: MailAddress
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly language: string
}

/** Who reads the mail: name, language (null: the document's), and the link that stands in for attached files. */
export type MailReader = {
  readonly name: string
  readonly language: string | null
  readonly link: { readonly token: string; readonly expiresAt: Date } | null
}

/** Puts a finalised invoice into words: the buyer's language, the seller's brand. Same invoice, same words. */
export interface InvoiceComposer {
  /** The page as the renderer takes it. @throws when no brand is known for the seller. */
  document(invoice: FinalisedInvoice): Promise<InvoiceDocument>
  /** The same document for machines. @throws when no brand is known for the seller. */
  electronic(invoice: FinalisedInvoice): Promise<ElectronicInvoice>
  /** The mail that brings the page, or the way to it. @throws when no brand is known for the seller. */
  mail(invoice: FinalisedInvoice, reader: MailReader): Promise<InvoiceMail>
}
