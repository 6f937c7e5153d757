import type { LoadedBrand } from '#app/brand/loaded-brand.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import { invoiceDocument } from '#app/i18n/invoice-document.ts'
import type { InvoiceFacts, InvoiceLineFacts } from '#app/i18n/invoice-facts.ts'
import { type Language, localeOf } from '#app/i18n/languages.ts'
import { renderInvoiceMail } from '#emails/invoice.tsx'
import { mailBrand } from './brands.server.ts'
import { documentBrand, documentRenderer } from './documents.server.ts'

type Sample = { readonly brand: LoadedBrand; readonly language: Language; readonly host: string }

// At noon UTC no zone is on another day.
const july = { start: new Date('2026-07-01T12:00:00Z'), end: new Date('2026-07-31T12:00:00Z') }
const net = 5_780n
const tax = 1_098n

/** The mail that brings an invoice, from the real template with an invented invoice, as HTML. */
export async function sampleMail({ brand, language, host }: Sample): Promise<string> {
  const { currency, seller } = brand.pack
  const { html } = await renderInvoiceMail({
    brand: mailBrand(brand, host),
    language,
    locale: localeOf(language, seller.address.country),
    recipientName: 'Mara Lind',
    documentType: 'invoice',
    number: '2026-00042',
    total: money(net + tax, currency),
    dueDate: '2026-07-15',
    periodStart: '2026-06-01',
    periodEnd: '2026-07-01',
    payment: 'transfer',
    url: '#',
    linkUntil: null,
  })
  return html
}

/** An invented invoice from the real template, drawn. */
export function sampleInvoice({ brand, language }: Sample): Promise<string> {
  return documentRenderer().drawInvoice(invoiceDocument(factsOf(brand, language)))
}

function factsOf(brand: LoadedBrand, language: Language): InvoiceFacts {
  const { currency, zone, seller } = brand.pack
  return {
    documentType: 'invoice',
    language,
    zone,
    seller: { ...seller, brand: documentBrand(brand) },
    buyer: {
      name: 'Lind Studio',
      addressLines: ['Hafenstraße 2', '20457 Hamburg'],
      country: seller.address.country,
      customerNumber: 'cus_0197',
    },
    number: '2026-00042',
    issueDate: '2026-07-01',
    dueDate: '2026-07-15',
    periodStart: '2026-06-01',
    periodEnd: '2026-07-01',
    finalisedAt: new Date('2026-07-01T04:00:00Z'),
    currency,
    sections: [
      {
        lines: [
          fee('Web 2', 'web-01', 2_490n, currency),
          fee('Web 2', 'web-02', 2_490n, currency),
          fee('Backup', 'web-01', 800n, currency),
        ],
      },
    ],
    taxes: [{ treatment: 'standard', ratePercent: new Decimal(19), base: money(net, currency), tax: money(tax, currency) }],
    net: money(net, currency),
    tax: money(tax, currency),
    total: money(net + tax, currency),
    payment: 'card',
  }
}

function fee(product: string, resourceName: string, minor: bigint, currency: string): InvoiceLineFacts {
  const one = new Decimal(1)
  return {
    subject: { kind: 'recurring', product },
    resourceName,
    period: july,
    quantity: one,
    includedQuantity: new Decimal(0),
    billedQuantity: one,
    unit: 'month',
    unitPrice: new Decimal(minor.toString()).div(100),
    amount: money(minor, currency),
  }
}
