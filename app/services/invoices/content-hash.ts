import { createHash } from 'node:crypto'
import { canonicalText } from '#app/domain/invoice/canonical-text.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'

/** SHA-256, in hex, of everything the document says and of the hash before it in its series (B21). */
export function contentHashOf(invoice: FinalisedInvoice, previousHash: string | null): string {
  return createHash('sha256').update(canonicalText(invoice, previousHash)).digest('hex')
}
