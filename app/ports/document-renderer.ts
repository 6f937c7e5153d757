import type { InvoiceDocument } from '#app/domain/invoice/invoice-document.ts'
import type { StatementDocument } from '#app/domain/invoice/statement-document.ts'

export type RenderOptions = {
  /** The document for machines (CII): travels inside the PDF as `factur-x.xml`. */
  readonly electronic?: string
  /** Told why a file is no PDF/A, e.g. a name with a character that no font has. The file is made all the same. */
  readonly onFlaw?: (flaw: string) => void
}

/** Typesets documents. Same input, same bytes. Never reaches the network or files beyond its own assets. */
export interface DocumentRenderer {
  /** An invoice, or a document of another type, as PDF. @throws when typesetting fails or exceeds its time limit: the calling job retries. */
  renderInvoice(document: InvoiceDocument, options?: RenderOptions): Promise<Uint8Array>
  /** The same page as one SVG, only to look at. @throws as above. */
  drawInvoice(document: InvoiceDocument): Promise<string>
  /** A statement of account or of a payout as PDF. @throws as above. */
  renderStatement(document: StatementDocument, options?: RenderOptions): Promise<Uint8Array>
  /** Ends what the renderer holds open; a later call starts it again. */
  close(): Promise<void>
}
