import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import type { InvoiceDetail } from '#app/reports/invoices/shape.ts'
import { type CreateCreditNoteInput, createCreditNote } from '#app/services/invoices/create-credit-note.server.ts'
import { billMonth, invoicesOf } from './billing.ts'
import { asOffice, buildAccount, buildCharges, buildContract, buildPriceBook, buildTenant } from './builders.ts'

/** A seller in Frankfurt, its customer, and the invoice of June: 60 GB for 9.00 and 100 hours for 24.90, with 19 % VAT 40.34. */
export async function sellerWithInvoice(
  facts: { slug?: string } = {},
): Promise<{ tenantId: string; accountId: string; contractId: string; invoice: InvoiceDetail }> {
  const tenantId = await buildTenant(facts)
  const accountId = await buildAccount(tenantId)
  const book = await buildPriceBook(tenantId, [
    { feeKind: 'usage', price: '0.15', meter: 'traffic.sent' },
    { feeKind: 'usage', price: '0.249', meter: 'server.running' },
  ])
  const contractId = await buildContract(tenantId, { accountId, priceBookId: book.priceBookId })
  const usage = { accountId, contractId, priceVersionId: book.priceVersionId, billingPeriod: '2026-06-01' }
  const [traffic = '', hours = ''] = book.ruleIds
  await buildCharges(tenantId, [
    { ...usage, priceRuleId: traffic, meter: 'traffic.sent', unitPrice: '0.15', quantity: '60', amount: '9' },
    { ...usage, priceRuleId: hours, meter: 'server.running', unitPrice: '0.249', quantity: '100', amount: '24.9' },
  ])
  await billMonth(tenantId, '2026-06', '2026-07-01T06:00:00Z')
  const [invoice] = await invoicesOf(tenantId)
  if (!invoice) throw new Error('there is no invoice')
  return { tenantId, accountId, contractId, invoice }
}

/** The lines of a document with what they say. */
export function linesOf(invoice: InvoiceDetail): InvoiceDetail['sections'][number]['lines'] {
  return invoice.sections.flatMap((section) => section.lines)
}

/** Credits `minor` cents of an invoice. */
export function creditAmount(tenantId: string, invoiceId: string, minor: bigint) {
  return credit(tenantId, { invoiceId, request: { kind: 'amount', amount: money(minor, 'EUR') } })
}

/** Credits `quantity` of one line. */
export function creditUnits(tenantId: string, invoiceId: string, lineId: string, quantity: string) {
  const part = { kind: 'quantity', quantity: new Decimal(quantity) } as const
  return credit(tenantId, { invoiceId, request: { kind: 'lines', parts: [{ lineId, part }] } })
}

/** Credits as asked; nothing is charged again unless said so. */
export function credit(tenantId: string, input: Pick<CreateCreditNoteInput, 'invoiceId' | 'request'> & Partial<CreateCreditNoteInput>) {
  return asOffice(tenantId, (ctx) => createCreditNote(ctx, { reason: 'Agreed by phone', isChargedAgain: false, ...input }))
}
