import type { DiscountSubject, FinalisedInvoice, FinalisedLine, FinalisedTax } from '#app/domain/invoice/finalised-invoice.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { add, fromDecimal, money, sum, toDecimal } from '#app/domain/money/money.ts'
import type { InvoiceFacts } from '#app/i18n/invoice-facts.ts'
import { invoiceFactsOf } from '#app/i18n/invoice-facts-of.ts'
import { demoBankDetails } from '#prisma/seed/bank-details.ts'
import { sellerOf } from './sample-invoice.ts'

export type SampleLine = {
  readonly kind?: FinalisedLine['kind']
  readonly product?: string
  readonly text?: string
  readonly meter?: string
  readonly unit?: string
  readonly quantity?: string
  readonly unitPrice?: string
  /** Minor units; the product of quantity and price unless it is told. */
  readonly net?: bigint
  readonly category?: string
  readonly rate?: string
  readonly discount?: DiscountSubject
  readonly period?: { readonly start: Date; readonly end: Date }
}

const june = { start: new Date('2026-05-31T22:00:00Z'), end: new Date('2026-06-30T22:00:00Z') }

function lineOf(line: SampleLine, index: number, currency: string): FinalisedLine {
  const { kind = 'recurring', quantity = '1', unitPrice = '0', category = 'S', rate = '20' } = line
  const [billed, price] = [new Decimal(quantity), new Decimal(unitPrice)]
  return {
    id: `line-${index}`,
    sectionAccountId: 'account-linde',
    kind,
    subject: {
      section: 'Café Linde',
      product: line.product ? { en: line.product } : null,
      meter: line.meter ?? null,
      resource: kind === 'discount' ? null : 'linde-01',
      resources: 1,
      billingPeriod: '2026-06-01',
      ...(line.text === undefined ? {} : { text: line.text }),
      ...(line.discount ? { discount: line.discount } : {}),
    },
    quantity: billed,
    unit: line.unit ?? 'month',
    includedQuantity: new Decimal(0),
    billedQuantity: billed,
    unitPrice: price,
    net: line.net === undefined ? fromDecimal(billed.times(price), currency) : money(line.net, currency),
    taxCategory: category,
    taxRate: new Decimal(rate),
    period: line.period ?? june,
  }
}

/** The tax of each category and rate, rounded once on its sum. */
function taxesOf(lines: readonly FinalisedLine[], currency: string): FinalisedTax[] {
  const keys = [...new Set(lines.map((line) => `${line.taxCategory}|${line.taxRate.toFixed()}`))]
  return keys.map((key) => {
    const [category = '', rate = '0'] = key.split('|')
    const taxed = lines.filter((line) => line.taxCategory === category && line.taxRate.eq(rate))
    const base = sum(
      currency,
      taxed.map((line) => line.net),
    )
    return { category, rate: new Decimal(rate), base, tax: fromDecimal(toDecimal(base).times(rate).div(100), currency), reason: 'domestic' }
  })
}

export type SampleDocument = Partial<Omit<FinalisedInvoice, 'lines'>> & {
  readonly lines?: readonly SampleLine[]
  readonly currency?: string
}

/** Ahorn to Café Linde, June 2026, in German: one fee of 24.90 unless told otherwise. */
export function sampleDocument({ lines: given, currency = 'EUR', ...changes }: SampleDocument = {}): FinalisedInvoice {
  const lines = (given ?? [{ product: 'Web 1', unitPrice: '24.90' }]).map((line, index) => lineOf(line, index, currency))
  const taxes = taxesOf(lines, currency)
  const net = sum(
    currency,
    lines.map((line) => line.net),
  )
  const tax = sum(
    currency,
    taxes.map((row) => row.tax),
  )
  const bank = demoBankDetails('ahorn')
  return {
    id: '019710b2-9c4f-7a3d-8e6f-5a4b3c2d1e0f',
    accountId: '019710b2-9c4f-7a3d-8e6f-5a4b3c2d1e0a',
    contractId: 'contract-linde',
    documentType: 'invoice',
    number: 'AH-2026-00042',
    issueDate: '2026-07-01',
    dueDate: '2026-07-15',
    periodStart: '2026-06-01',
    periodEnd: '2026-07-01',
    finalisedAt: new Date('2026-07-01T04:00:00Z'),
    language: 'de',
    refersTo: null,
    reason: null,
    seller: {
      tenantId: 'tenant-ahorn',
      slug: 'ahorn',
      legalName: 'Ahorn Hosting GmbH',
      addressLines: ['Lindengasse 14', '1070 Wien'],
      country: 'AT',
      vatId: 'ATU68374190',
      email: 'buchhaltung@ahorn.example',
      timeZone: 'Europe/Vienna',
      ...(bank ? { bank } : {}),
    },
    buyer: {
      accountId: '019710b2-9c4f-7a3d-8e6f-5a4b3c2d1e0a',
      kind: 'business',
      name: 'Café Linde e.U.',
      email: 'office@linde.example',
      addressLines: ['Neubaugasse 31/4', '1070 Wien'],
      country: 'AT',
      vatId: null,
    },
    lines,
    taxes,
    net,
    tax,
    total: add(net, tax),
    ...changes,
  }
}

/** The facts of a sample document, as its seller's brand shows them. */
export function sampleFacts(document: FinalisedInvoice): InvoiceFacts {
  const { bank: _, ...seller } = sellerOf(document.seller.slug)
  return invoiceFactsOf(document, { seller, languages: ['de', 'en', 'fr', 'ar'] })
}
