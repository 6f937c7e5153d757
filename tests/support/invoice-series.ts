import { readFinalisedInvoice } from '#app/db/documents/finalised-invoices.server.ts'
import type { InvoiceDetail } from '#app/reports/invoices/shape.ts'
import { contentHashOf } from '#app/services/invoices/content-hash.ts'
import { invoicesOf } from './billing.ts'
import { asOffice } from './builders.ts'

/** The numbers of `invoices` in their order. */
export function numbersOf(invoices: readonly InvoiceDetail[]): string[] {
  return invoices.map((invoice) => invoice.number)
}

/** Numbers whose stored content no longer has its hash, or whose hash does not follow the one before in its series. */
export async function chainProblems(tenantId: string): Promise<string[]> {
  const problems: string[] = []
  const previous = new Map<string, string>()
  for (const { id, number, documentType } of await invoicesOf(tenantId)) {
    const stored = await asOffice(tenantId, (ctx) => readFinalisedInvoice(ctx, id))
    if (!stored || stored.previousHash !== (previous.get(documentType) ?? null)) problems.push(`${number} does not follow`)
    if (stored && contentHashOf(stored.invoice, stored.previousHash) !== stored.contentHash) problems.push(`${number} changed`)
    if (stored) previous.set(documentType, stored.contentHash)
  }
  return problems
}
