import type { InvoiceDocument, InvoiceDocumentSection } from '#app/domain/invoice/invoice-document.ts'
import type { Money } from '#app/domain/money/money.ts'
import { formatCountry, formatLocalDate, formatMoney, formatPercent, formatPeriod } from './formats.ts'
import { translatorFor } from './i18n.server.ts'
import type { InvoiceFacts, InvoiceSeller, TaxTreatment } from './invoice-facts.ts'
import { type DocumentTexts, documentLine } from './invoice-lines.ts'
import { directionOf, localeOf } from './languages.ts'

/** Countries whose law wants a document that shows tax to be called one. */
const taxInvoiceCountries = new Set(['AE', 'SA'])

/**
 * The page of an invoice, in its own language and the seller's formats: amounts to the minor unit, rates and quantities in full,
 * and the sentence the law asks for where no tax is charged. Pure: the same facts give the same page.
 */
export function invoiceDocument(facts: InvoiceFacts): InvoiceDocument {
  const { language, seller } = facts
  const direction = directionOf(language)
  const texts: DocumentTexts = {
    t: translatorFor(language, 'document'),
    locale: localeOf(language, seller.address.country),
    zone: facts.zone,
    // Figures and slashes of a short date lose their order among Arabic words; a named month keeps it.
    dateStyle: direction === 'rtl' ? 'long' : 'medium',
    isolate: direction === 'rtl' ? (text) => (text ? `\u2068${text}\u2069` : '') : (text) => text,
  }
  const { t, isolate, locale } = texts
  const titleKey = taxInvoiceCountries.has(seller.address.country) ? 'title.taxInvoice' : 'title.invoice'
  return {
    language,
    direction,
    createdAt: facts.finalisedAt.toISOString(),
    title: t(titleKey, { number: isolate(facts.number) }),
    brand: seller.brand,
    seller: sellerTexts(texts, seller),
    buyer: { lines: buyerLines(texts, facts) },
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
      { label: t('total.net'), value: withCurrency(texts, facts.net) },
      { label: t('total.vat'), value: withCurrency(texts, facts.tax) },
      { label: t('total.gross'), value: withCurrency(texts, facts.total) },
    ],
    ...paymentTexts(texts, facts),
    notes: [...new Set(facts.taxes.map((row) => row.treatment))].flatMap((treatment) => taxNote(texts, treatment, seller)),
    pageLabel: t('page'),
  }
}

function documentSection(texts: DocumentTexts, section: InvoiceFacts['sections'][number]): InvoiceDocumentSection {
  const { title, subtotal } = section
  const name = title ? texts.isolate(title) : ''
  return {
    ...(title ? { title: name } : {}),
    lines: section.lines.map((line) => documentLine(texts, line)),
    ...(subtotal
      ? { subtotal: { label: texts.t('total.section', { section: name }).trim(), value: formatMoney(subtotal, texts.locale, 'none') } }
      : {}),
  }
}

function headFacts({ t, isolate, locale, dateStyle }: DocumentTexts, facts: InvoiceFacts): InvoiceDocument['facts'] {
  const day = (text: string) => new Date(`${text}T00:00:00Z`)
  return [
    { label: t('fact.number'), value: isolate(facts.number) },
    { label: t('fact.issueDate'), value: formatLocalDate(facts.issueDate, locale, dateStyle) },
    { label: t('fact.dueDate'), value: formatLocalDate(facts.dueDate, locale, dateStyle) },
    { label: t('fact.period'), value: formatPeriod(day(facts.periodStart), day(facts.periodEnd), locale, 'UTC', dateStyle) },
    { label: t('fact.customerNumber'), value: isolate(facts.buyer.customerNumber) },
    ...(facts.buyer.taxId ? [{ label: t('fact.buyerTaxId'), value: isolate(facts.buyer.taxId) }] : []),
  ]
}

function buyerLines({ isolate, locale }: DocumentTexts, { buyer, seller }: InvoiceFacts): string[] {
  const country = buyer.country === seller.address.country ? [] : [formatCountry(buyer.country, locale)]
  return [buyer.name, ...buyer.addressLines, ...country].map(isolate)
}

function sellerTexts({ t, isolate, locale }: DocumentTexts, seller: InvoiceSeller): InvoiceDocument['seller'] {
  const { street, postalCode, city, country } = seller.address
  const place = [postalCode, city].filter(Boolean).join(' ')
  const address = [seller.legalName, street, place].map(isolate)
  const taxIds = seller.taxIds.map(({ kind, value }) => t(footerKey(kind, country), { value: isolate(value) }))
  return {
    lines: [...address, formatCountry(country, locale)],
    returnLine: address.join(' · '),
    footer: [
      address,
      [isolate(`${seller.registration.court}, ${seller.registration.number}`), ...taxIds],
      [t('footer.management', { names: isolate(seller.management.join(', ')) }), isolate(seller.email), isolate(seller.website)],
    ],
  }
}

function footerKey(kind: 'vat' | 'trn', country: string): 'footer.vat' | 'footer.trn' | 'footer.uid' {
  if (kind === 'trn') return 'footer.trn'
  return country === 'AT' || country === 'CH' ? 'footer.uid' : 'footer.vat'
}

function taxNote({ t, isolate, locale }: DocumentTexts, treatment: TaxTreatment, seller: InvoiceSeller): string[] {
  switch (treatment) {
    case 'standard':
      return []
    case 'reverse-charge':
      return [t('note.reverseCharge')]
    case 'outside-scope':
      return [t('note.outsideScope', { country: isolate(formatCountry(seller.address.country, locale)) })]
    case 'zero-rated':
      return [t('note.zeroRated')]
    case 'exempt':
      return [t('note.exempt')]
  }
}

function paymentTexts(texts: DocumentTexts, facts: InvoiceFacts): Pick<InvoiceDocument, 'payment'> {
  const { t, isolate, locale, dateStyle } = texts
  if (facts.total.minor <= 0n) return {}
  const amount = withCurrency(texts, facts.total)
  if (facts.payment === 'card') return { payment: { title: t('payment.title'), text: t('payment.card', { amount }), rows: [] } }

  const { bank } = facts.seller
  const rows = [
    { label: t('payment.holder'), value: bank.holder },
    { label: t('payment.bank'), value: bank.name },
    { label: t('payment.iban'), value: bank.iban.replaceAll(/(.{4})(?=.)/g, '$1 ') },
    { label: t('payment.bic'), value: bank.bic },
    { label: t('payment.reference'), value: facts.number },
  ]
  const text = t('payment.transfer', { amount, date: formatLocalDate(facts.dueDate, locale, dateStyle) })
  return { payment: { title: t('payment.title'), text, rows: rows.map((row) => ({ ...row, value: isolate(row.value) })) } }
}

function withCurrency({ isolate, locale }: DocumentTexts, amount: Money): string {
  return isolate(formatMoney(amount, locale, 'code'))
}
