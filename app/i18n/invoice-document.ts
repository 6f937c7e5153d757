import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { InvoiceDocument, InvoiceDocumentSection } from '#app/domain/invoice/invoice-document.ts'
import { dueAtIssue } from '#app/domain/invoice/issue-settlement.ts'
import { type Money, negate } from '#app/domain/money/money.ts'
import { discountTotals } from './discount-totals.ts'
import { buyerLines, documentTexts, sellerTexts } from './document-frame.ts'
import { documentNotes } from './document-notes.ts'
import { formatLocalDate, formatMoney, formatPercent, formatPeriod } from './formats.ts'
import type { InvoiceFacts } from './invoice-facts.ts'
import { type DocumentTexts, documentLine } from './invoice-lines.ts'
import { directionOf } from './languages.ts'
import { paymentPart } from './payment-part.ts'

/** Countries whose law wants a document that shows tax to be called one. */
const taxInvoiceCountries = new Set(['AE', 'SA'])

/** Documents by whose date something falls due. */
const dated: readonly DocumentType[] = ['invoice', 'debit-note', 'pro-forma', 'self-billed']

/**
 * The page of a document, in its own language and the seller's formats: amounts to the minor unit, rates and quantities in full,
 * and the sentence the law asks for where no tax is charged. Pure: the same facts give the same page.
 */
export function invoiceDocument(facts: InvoiceFacts): InvoiceDocument {
  const { language, seller } = facts
  const texts = documentTexts(facts)
  const { t, isolate, locale } = texts
  return {
    language,
    direction: directionOf(language),
    createdAt: facts.finalisedAt.toISOString(),
    title: documentTitle(texts, facts),
    brand: seller.brand,
    seller: sellerTexts(texts, seller),
    buyer: { lines: buyerLines(texts, facts.buyer, seller.address.country) },
    facts: headFacts(texts, facts),
    columns: {
      description: t('column.description'),
      quantity: t('column.quantity'),
      unitPrice: t('column.unitPrice'),
      amount: t('column.amount', { currency: facts.currency }),
    },
    sections: facts.sections.map((section) => documentSection(texts, section)),
    taxes: {
      columns: { rate: t('tax.rate'), base: t('tax.base'), tax: t('tax.tax') },
      rows: facts.taxes.map((row) => ({
        rate: isolate(formatPercent(row.ratePercent, locale)),
        base: formatMoney(row.base, locale, 'none'),
        tax: formatMoney(row.tax, locale, 'none'),
      })),
    },
    totals: [
      ...discountRows(texts, facts),
      { label: t('total.net'), value: withCurrency(texts, facts.net) },
      { label: t('total.vat'), value: withCurrency(texts, facts.tax) },
      { label: t(totalKeys[facts.documentType]), value: withCurrency(texts, facts.total) },
      ...settlementRows(texts, facts),
    ],
    ...paymentPart(texts, facts),
    notes: documentNotes(texts, facts),
    pageLabel: t('page'),
  }
}

/** The sum before discounts and each discount, above the net; nothing where none is given. */
function discountRows(texts: DocumentTexts, { sections, net }: InvoiceFacts): InvoiceDocument['totals'] {
  const totals = discountTotals(
    sections.flatMap(({ lines }) => lines),
    net,
  )
  if (!totals) return []
  const { t, isolate } = texts
  return [
    { label: t('total.subtotal'), value: withCurrency(texts, totals.subtotal) },
    ...totals.discounts.map(({ name, amount }) => ({
      label: t('line.discount', { name: isolate(name) }),
      value: withCurrency(texts, amount),
    })),
  ]
}

/** What settled the document at once, in the order of use, and what is due then; nothing where all of it is due. */
function settlementRows(texts: DocumentTexts, facts: InvoiceFacts): InvoiceDocument['totals'] {
  const { t, isolate } = texts
  if (!facts.settlements) return []
  const rows = facts.settlements.map((each) => ({
    label: each.kind === 'credit-note' ? t('settled.creditNote', { number: isolate(each.number) }) : t(`settled.${each.source}`),
    value: withCurrency(texts, negate(each.amount)),
  }))
  return [...rows, { label: t('total.due'), value: withCurrency(texts, dueAtIssue(facts)) }]
}

function documentSection(texts: DocumentTexts, section: InvoiceFacts['sections'][number]): InvoiceDocumentSection {
  const { subtotal } = section
  const name = sectionName(texts, section)
  return {
    ...(name ? { title: name } : {}),
    lines: section.lines.map((line) => documentLine(texts, line)),
    ...(subtotal
      ? { subtotal: { label: texts.t('total.section', { section: name }).trim(), value: formatMoney(subtotal, texts.locale, 'none') } }
      : {}),
  }
}

function sectionName({ t, isolate }: DocumentTexts, { title, project }: InvoiceFacts['sections'][number]): string {
  const names = [title, project === null ? t('noProject') : project].filter((name) => name !== undefined)
  return names.map(isolate).join(' · ')
}

const titleKeys = {
  invoice: 'title.invoice',
  'credit-note': 'title.creditNote',
  'debit-note': 'title.debitNote',
  'pro-forma': 'title.proForma',
  'prepayment-receipt': 'title.prepaymentReceipt',
  'self-billed': 'title.selfBilled',
} as const

const totalKeys = {
  invoice: 'total.gross',
  'credit-note': 'total.credited',
  'debit-note': 'total.gross',
  'pro-forma': 'total.gross',
  'prepayment-receipt': 'total.received',
  'self-billed': 'total.payout',
} as const

function documentTitle({ t, isolate }: DocumentTexts, { documentType, number, seller }: InvoiceFacts): string {
  const isTaxInvoice = documentType === 'invoice' && taxInvoiceCountries.has(seller.address.country)
  return t(isTaxInvoice ? 'title.taxInvoice' : titleKeys[documentType], { number: isolate(number) })
}

function headFacts(texts: DocumentTexts, facts: InvoiceFacts): InvoiceDocument['facts'] {
  const { t, isolate, locale, dateStyle } = texts
  const { buyer, documentType, refersTo } = facts
  const day = (text: string) => new Date(`${text}T00:00:00Z`)
  const date = (text: string) => formatLocalDate(text, locale, dateStyle)
  return [
    { label: t(documentType === 'invoice' ? 'fact.number' : 'fact.documentNumber'), value: isolate(facts.number) },
    { label: t(documentType === 'invoice' ? 'fact.issueDate' : 'fact.documentDate'), value: date(facts.issueDate) },
    ...(dated.includes(documentType) ? [{ label: t('fact.dueDate'), value: date(facts.dueDate) }] : []),
    ...(refersTo ? [{ label: t('fact.refersTo'), value: `${isolate(refersTo.number)}, ${date(refersTo.issueDate)}` }] : []),
    { label: t('fact.period'), value: formatPeriod(day(facts.periodStart), day(facts.periodEnd), locale, 'UTC', dateStyle) },
    { label: t('fact.customerNumber'), value: isolate(buyer.customerNumber) },
    ...(buyer.reference ? [{ label: t('fact.buyerReference'), value: isolate(buyer.reference) }] : []),
    ...(buyer.purchaseOrder ? [{ label: t('fact.purchaseOrder'), value: isolate(buyer.purchaseOrder) }] : []),
    ...(buyer.taxId ? [{ label: t('fact.buyerTaxId'), value: isolate(buyer.taxId) }] : []),
  ]
}

function withCurrency({ isolate, locale }: DocumentTexts, amount: Money): string {
  return isolate(formatMoney(amount, locale, 'code'))
}
