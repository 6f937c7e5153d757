import type {
  ElectronicAdjustment,
  ElectronicInvoice,
  ElectronicParty,
  ElectronicPayment,
  ElectronicTotals,
  ElectronicTypeCode,
} from '#app/domain/invoice/electronic-invoice.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import { dueAtIssue, settledAtIssue } from '#app/domain/invoice/issue-settlement.ts'
import { paymentReference } from '#app/domain/invoice/payment-slip.ts'
import { type Money, sum, zero } from '#app/domain/money/money.ts'
import { type PostalAddress, postalAddressOf } from '#app/domain/shared/postal-address.ts'
import { addDays } from '#app/domain/time/local-date.ts'
import { documentTexts } from './document-frame.ts'
import { documentNotes, taxNote } from './document-notes.ts'
import { electronicAdjustment, electronicLine } from './electronic-lines.ts'
import { formatLocalDate, formatMoney } from './formats.ts'
import type { InvoiceFacts } from './invoice-facts.ts'
import { treatmentOf } from './invoice-facts-of.ts'
import type { DocumentTexts } from './invoice-lines.ts'
import { slipOf } from './payment-part.ts'
import { reasonNote } from './tax-note.ts'

const typeCodes: Readonly<Record<FinalisedInvoice['documentType'], ElectronicTypeCode>> = {
  'pro-forma': '325',
  invoice: '380',
  'credit-note': '381',
  'debit-note': '383',
  'prepayment-receipt': '386',
  'self-billed': '389',
}

/**
 * A finalised document for machines, from the same facts as its page. A self-billed document is issued by its buyer: the account stands as
 * seller in it. Discounts stand as allowances of the document, unless it has nothing else.
 */
export function electronicInvoice(invoice: FinalisedInvoice, facts: InvoiceFacts): ElectronicInvoice {
  // A machine needs no marks of direction.
  const texts: DocumentTexts = { ...documentTexts(facts), isolate: (text) => text }
  const period = { start: invoice.periodStart, end: addDays(invoice.periodEnd, -1) }
  const isDiscount = (line: FinalisedInvoice['lines'][number]) =>
    line.kind === 'discount' && invoice.lines.some(({ kind }) => kind !== 'discount')
  const lines = invoice.lines
    .filter((line) => !isDiscount(line))
    .map((line) => electronicLine(texts, line, { language: facts.language, period }))
  const adjustments = invoice.lines
    .filter((line) => isDiscount(line) && line.net.minor !== 0n)
    .map((line) => electronicAdjustment(texts, line, facts.language))
  const [issuer, account] = parties(invoice, facts)
  const isSelfBilled = invoice.documentType === 'self-billed'
  return {
    typeCode: typeCodes[invoice.documentType],
    number: invoice.number,
    issueDate: invoice.issueDate,
    dueDate: ['credit-note', 'prepayment-receipt'].includes(invoice.documentType) ? null : invoice.dueDate,
    currency: invoice.total.currency,
    notes: documentNotes(texts, facts),
    buyerReference: facts.buyer.reference ?? facts.buyer.customerNumber,
    purchaseOrder: facts.buyer.purchaseOrder ?? null,
    refersTo: invoice.refersTo,
    period,
    seller: isSelfBilled ? account : issuer,
    buyer: isSelfBilled ? issuer : account,
    payment: paymentOf(texts, facts),
    lines,
    adjustments,
    taxes: invoice.taxes.map(({ category, rate, base, tax, reason }) => ({
      category,
      rate,
      base,
      tax,
      // A rate that is charged has no reason for exemption (BR-S-10).
      exemption:
        (category === 'S' ? null : reasonNote(texts, reason, facts.buyer.country)) ?? taxNote(texts, treatmentOf(category), facts.seller),
    })),
    totals: totalsOf(
      invoice,
      lines.map(({ net }) => net),
      adjustments,
    ),
  }
}

function parties({ seller, buyer }: FinalisedInvoice, facts: InvoiceFacts): readonly [ElectronicParty, ElectronicParty] {
  const { street, postalCode, city, country } = facts.seller.address
  const blankIsNull = (text: string) => (text === '' ? null : text)
  const address: PostalAddress = { street, addition: null, postalCode: blankIsNull(postalCode), city: blankIsNull(city), country }
  const issuer = {
    name: seller.legalName,
    tradingName: facts.seller.brand.name,
    address,
    email: facts.seller.email,
    ...taxNumbers(seller.vatId),
    registration: facts.seller.registration?.number ?? null,
    identifier: null,
    contact: facts.seller.phone ? { name: facts.seller.management[0] ?? seller.legalName, phone: facts.seller.phone } : null,
  }
  const account = {
    name: buyer.name,
    tradingName: null,
    address: postalAddressOf(buyer.addressLines, buyer.country),
    email: buyer.email,
    ...taxNumbers(buyer.vatId),
    registration: null,
    identifier: facts.buyer.customerNumber,
    contact: null,
  }
  return [issuer, account]
}

/** A VAT id begins with its country; what does not is a number of another kind. */
function taxNumbers(id: string | null): Pick<ElectronicParty, 'vatId' | 'taxNumber'> {
  const isVatId = id !== null && /^[A-Z]{2}/.test(id)
  return { vatId: isVatId ? id : null, taxNumber: isVatId ? null : id }
}

function paymentOf(texts: DocumentTexts, facts: InvoiceFacts): ElectronicPayment {
  const { t, locale, dateStyle } = texts
  const { documentType, number, seller, dueDate } = facts
  if (documentType === 'credit-note') return { means: 'set-off', terms: t('note.creditNote'), reference: number }
  if (documentType === 'prepayment-receipt') return { means: 'paid', terms: t('note.prepaymentReceipt'), reference: number }
  const values = { amount: formatMoney(dueAtIssue(facts), locale, 'code'), date: formatLocalDate(dueDate, locale, dateStyle) }
  if (documentType === 'self-billed') return { means: 'transfer', bank: null, terms: t('payout.payOn', values), reference: number }
  const slip = slipOf(facts)
  // A QR reference goes to the QR-IBAN alone.
  const bank = seller.bank && slip?.kind === 'swiss' ? { ...seller.bank, iban: slip.iban } : (seller.bank ?? null)
  return { means: 'transfer', bank, terms: t('payment.withoutAccount', values), reference: paymentReference(slip, number) }
}

function totalsOf(invoice: FinalisedInvoice, nets: readonly Money[], adjustments: readonly ElectronicAdjustment[]): ElectronicTotals {
  const { currency } = invoice.total
  const sumOf = (kind: ElectronicAdjustment['kind']) =>
    sum(
      currency,
      adjustments.filter((adjustment) => adjustment.kind === kind).map(({ amount }) => amount),
    )
  const isPaid = invoice.documentType === 'prepayment-receipt'
  return {
    lines: sum(currency, nets),
    allowances: sumOf('allowance'),
    charges: sumOf('charge'),
    net: invoice.net,
    tax: invoice.tax,
    total: invoice.total,
    paid: isPaid ? invoice.total : settledAtIssue(invoice),
    due: isPaid ? zero(currency) : dueAtIssue(invoice),
  }
}
