import { createEInvoiceWriter } from '#app/adapters/documents/e-invoice/e-invoice-writer.ts'
import { epcCodeSvg, swissCodeSvg } from '#app/adapters/documents/typst/payment-codes.ts'
import { createTypstRenderer } from '#app/adapters/documents/typst/typst-renderer.ts'
import type { LoadedBrand } from '#app/brand/loaded-brand.ts'
import { storeAddress } from '#app/config/store-address.server.ts'
import type { StatementParties } from '#app/db/documents/statements.server.ts'
import type { ElectronicInvoice } from '#app/domain/invoice/electronic-invoice.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import type { InvoiceDocument } from '#app/domain/invoice/invoice-document.ts'
import { dueAtIssue } from '#app/domain/invoice/issue-settlement.ts'
import type { PaymentSlip } from '#app/domain/invoice/payment-slip.ts'
import type { StatementDocument } from '#app/domain/invoice/statement-document.ts'
import type { Statement } from '#app/domain/statement/statement.ts'
import { addDays, localDateOf } from '#app/domain/time/local-date.ts'
import { electronicInvoice } from '#app/i18n/electronic-invoice.ts'
import { invoiceDocument } from '#app/i18n/invoice-document.ts'
import type { InvoiceFacts } from '#app/i18n/invoice-facts.ts'
import { invoiceFactsOf } from '#app/i18n/invoice-facts-of.ts'
import { localeOf } from '#app/i18n/languages.ts'
import { payoutFactsOf, type StatedPayout } from '#app/i18n/payout-facts-of.ts'
import { accountStatement, payoutStatement } from '#app/i18n/statement-document.ts'
import { statementFactsOf } from '#app/i18n/statement-facts-of.ts'
import type { DocumentRenderer } from '#app/ports/document-renderer.ts'
import type { EInvoiceWriter } from '#app/ports/e-invoice-writer.ts'
import type { MailReader } from '#app/ports/invoice-composer.ts'
import { brandOf, mailBrandOf, senderFacts } from './brands.server.ts'

/** A text as a code that phones read, as a picture. */
export function codeSvg(text: string): string {
  return epcCodeSvg(text)
}

/** The code of a slip as a picture, for a banking app. */
export function paymentCodeSvg(slip: PaymentSlip): string {
  return slip.kind === 'epc' ? epcCodeSvg(slip.payload) : swissCodeSvg(slip)
}

/** What a finalised invoice says, as its seller's brand and its buyer's language say it. */
export async function factsOfInvoice(invoice: FinalisedInvoice): Promise<InvoiceFacts> {
  const { slug, issuer, legalName } = invoice.seller
  const brand = await brandOf(slug)
  const { pack } = brand
  const legal = issuer ? (await brandOf(issuer.slug)).pack.seller : pack.seller
  const seller = { ...legal, legalName, brand: documentBrand(brand) }
  return invoiceFactsOf(invoice, { seller, languages: pack.languages })
}

/** What a document wears of its seller. */
export function documentBrand({ pack, logoSvg }: LoadedBrand): InvoiceFacts['seller']['brand'] {
  return { name: pack.name, accent: pack.look.accent, ...(logoSvg ? { logoSvg } : {}) }
}

/** The page of a finalised invoice. */
export async function pageOfInvoice(invoice: FinalisedInvoice): Promise<InvoiceDocument> {
  return invoiceDocument(await factsOfInvoice(invoice))
}

/** A statement of account as a page, in the buyer's language when the seller speaks it. */
export async function pageOfStatement(statement: Statement, { seller, buyer }: StatementParties): Promise<StatementDocument> {
  const brand = await brandOf(seller.slug)
  const { pack } = brand
  const look = { ...pack.seller, legalName: seller.legalName, brand: documentBrand(brand) }
  return accountStatement(statementFactsOf(statement, { seller: look, languages: pack.languages, zone: seller.timeZone, buyer }))
}

/** What a reseller is paid and why, as a page. */
export async function pageOfPayout({
  parties: { seller, buyer },
  ...stated
}: StatedPayout & { readonly parties: StatementParties }): Promise<StatementDocument> {
  const brand = await brandOf(seller.slug)
  const { pack } = brand
  const look = { ...pack.seller, legalName: seller.legalName, brand: documentBrand(brand) }
  return payoutStatement(payoutFactsOf(stated, { seller: look, languages: pack.languages, zone: seller.timeZone, buyer }))
}

/** A finalised invoice for machines. */
export async function electronicOfInvoice(invoice: FinalisedInvoice): Promise<ElectronicInvoice> {
  return electronicInvoice(invoice, await factsOfInvoice(invoice))
}

/** Writes documents for machines. */
export const eInvoiceWriter: EInvoiceWriter = createEInvoiceWriter()

/** What the mail with a finalised document says to its reader; `host` is the seller's store. */
export async function mailOfInvoice(invoice: FinalisedInvoice, { host, reader }: { readonly host: string; readonly reader: MailReader }) {
  const facts = await factsOfInvoice({ ...invoice, language: reader.language ?? invoice.language })
  const { language, seller, documentType, number, total, dueDate, periodStart, periodEnd, payment } = facts
  return {
    brand: { ...(await mailBrandOf(invoice.seller.slug, host)), ...(invoice.seller.issuer ? senderFacts(seller) : {}) },
    language,
    locale: localeOf(language, seller.address.country),
    recipientName: reader.name,
    documentType,
    number,
    total,
    due: dueAtIssue(invoice),
    dueDate,
    periodStart,
    periodEnd,
    payment,
    url: storeAddress(host, reader.link ? `/documents/${reader.link.token}` : `/panel/invoices/${invoice.id}`),
    linkUntil: reader.link && localDateOf(reader.link.expiresAt, invoice.seller.timeZone),
  }
}

/** What the mail with a statement says to its reader; `host` is the seller's store. */
export async function mailOfStatement(
  statement: Statement,
  { seller, buyer }: StatementParties,
  { host, recipientName }: { readonly host: string; readonly recipientName: string },
) {
  const { pack } = await brandOf(seller.slug)
  const language = pack.languages.find((offered) => offered === buyer.language) ?? pack.languages[0]
  const { start, end, opening, closing, currency } = statement
  const days = new URLSearchParams({ from: start, to: addDays(end, -1), currency })
  return {
    brand: await mailBrandOf(seller.slug, host),
    language,
    locale: localeOf(language, pack.seller.address.country),
    recipientName,
    start,
    end,
    opening,
    closing,
    url: storeAddress(host, `/panel/statement?${days}`),
  }
}

let renderer: DocumentRenderer | undefined

/** Typesets documents; in processes beside this one, started as documents come. */
export function documentRenderer(): DocumentRenderer {
  renderer ??= createTypstRenderer()
  return renderer
}

/** Ends the processes that typeset. Safe to repeat. */
export async function closeRenderer(): Promise<void> {
  const open = renderer
  renderer = undefined
  await open?.close()
}
