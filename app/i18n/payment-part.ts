import { printIban } from '#app/domain/bank/iban.ts'
import { printReference } from '#app/domain/bank/payment-references.ts'
import type { DocumentType } from '#app/domain/invoice/document-type.ts'
import type { InvoiceDocument, SwissSlipDocument } from '#app/domain/invoice/invoice-document.ts'
import { dueAtIssue } from '#app/domain/invoice/issue-settlement.ts'
import { type PaymentSlip, paymentReference, paymentSlip, type SlipParty, type SwissSlip } from '#app/domain/invoice/payment-slip.ts'
import { type Money, toDecimal } from '#app/domain/money/money.ts'
import { postalAddressOf, splitStreet } from '#app/domain/shared/postal-address.ts'
import { formatLocalDate, formatMoney } from './formats.ts'
import type { InvoiceFacts } from './invoice-facts.ts'
import type { DocumentTexts } from './invoice-lines.ts'
import { swissSlipWords } from './swiss-slip-words.ts'

/** Documents that ask the buyer for money. */
const payable: readonly DocumentType[] = ['invoice', 'debit-note', 'pro-forma']

/** The slip of a document; null where nothing is to be transferred, or no code can say it. */
export function slipOf(facts: InvoiceFacts): PaymentSlip | null {
  const { bank } = facts.seller
  if (!bank || facts.payment !== 'transfer' || !payable.includes(facts.documentType) || dueAtIssue(facts).minor <= 0n) return null
  const { street, postalCode, city, country } = facts.seller.address
  return paymentSlip({
    bank,
    number: facts.number,
    amount: dueAtIssue(facts),
    creditor: { name: facts.seller.legalName, address: { street, addition: null, postalCode, city, country } },
    debtor: { name: facts.buyer.name, address: postalAddressOf(facts.buyer.addressLines, facts.buyer.country) },
  })
}

/** How the document is paid, in words and as a code; nothing where there is nothing to pay. */
export function paymentPart(texts: DocumentTexts, facts: InvoiceFacts): Pick<InvoiceDocument, 'payment' | 'swissSlip'> {
  if (!payable.includes(facts.documentType) || dueAtIssue(facts).minor <= 0n) return {}
  const { t, isolate, locale } = texts
  const amount = isolate(formatMoney(dueAtIssue(facts), locale, 'code'))
  const title = t('payment.title')
  if (facts.payment === 'card') return { payment: { title, text: t('payment.card', { amount }), rows: [] } }

  const slip = slipOf(facts)
  const date = formatLocalDate(facts.dueDate, locale, texts.dateStyle)
  const code = slip?.kind === 'epc' ? { code: { payload: slip.payload, caption: t('payment.scan') } } : {}
  return {
    payment: { title, text: paymentText(texts, facts, { amount, date }), rows: accountRows(texts, facts, slip), ...code },
    ...(slip?.kind === 'swiss' ? { swissSlip: swissSlipDocument(slip, facts) } : {}),
  }
}

function paymentText({ t }: DocumentTexts, { seller }: InvoiceFacts, values: { amount: string; date: string }): string {
  return seller.bank ? t('payment.transfer', values) : t('payment.withoutAccount', values)
}

function accountRows({ t, isolate }: DocumentTexts, { seller, number }: InvoiceFacts, slip: PaymentSlip | null) {
  const { bank } = seller
  if (!bank) return []
  const iban = slip?.kind === 'swiss' ? slip.iban : bank.iban
  const reference = paymentReference(slip, number)
  const rows = [
    { label: t('payment.holder'), value: bank.holder },
    { label: t('payment.bank'), value: bank.bankName },
    { label: t('payment.iban'), value: printIban(iban) },
    ...(bank.bic ? [{ label: t('payment.bic'), value: bank.bic }] : []),
    { label: t('payment.reference'), value: reference === number ? number : printReference(reference) },
  ]
  return rows.map((row) => ({ ...row, value: isolate(row.value) }))
}

function swissSlipDocument(slip: SwissSlip, { language }: InvoiceFacts): SwissSlipDocument {
  const { reference, message, amount, creditor, debtor, iban } = slip
  return {
    slip,
    ...swissSlipWords(language),
    payableTo: [printIban(iban), ...partyLines(creditor)],
    reference: reference && printReference(reference),
    information: message,
    payableBy: debtor && partyLines(debtor),
    amount: slipAmount(amount),
  }
}

function partyLines({ name, address }: SlipParty): string[] {
  const street = address.street && splitStreet(address.street)
  const place = [address.postalCode, address.city].filter(Boolean).join(' ')
  return [name, ...(street ? [[street.name, street.number].filter(Boolean).join(' ')] : []), place]
}

/** The scheme's own format: blanks between thousands and a point, in every language. */
function slipAmount(amount: Money): string {
  return toDecimal(amount)
    .toFixed(2)
    .replaceAll(/\B(?=(\d{3})+(?!\d))/g, ' ')
}
