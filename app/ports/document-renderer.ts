import type { InvoiceDocument } from '#app/domain/invoice/invoice-document.ts'

/** Typesets documents. Same input, same bytes. Never reaches the network or files beyond its own assets. */
export interface DocumentRenderer {
  /** The invoice as PDF. @throws when typesetting fails or exceeds its time limit: the calling job retries. */
  renderInvoice(document: InvoiceDocument): Promise<Uint8Array>
  /** Ends what the renderer holds open; a later call starts it again. */
  close(): Promise<void>
}
