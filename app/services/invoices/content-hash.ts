import { createHash } from 'node:crypto'
import { canonicalDocument, canonicalText, type WrittenPart } from '#app/domain/invoice/canonical-text.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'

/** SHA-256, in hex, of everything the document says and of the hash before it in its series (B21). */
export function contentHashOf(invoice: FinalisedInvoice, previousHash: string | null): string {
  return sha256(canonicalText(invoice, previousHash))
}

/** The same of a document whose lines are written already. */
export function contentHashWith(lines: WrittenPart, { lines: _, ...document }: FinalisedInvoice, previousHash: string | null): string {
  return sha256(canonicalDocument(document, lines, previousHash))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
