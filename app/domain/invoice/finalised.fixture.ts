import { Decimal } from '../money/decimal.ts'
import { money, sum } from '../money/money.ts'
import type { TaxTreatment } from '../tax/determine-tax.ts'
import { taxLines } from '../tax/tax-lines.ts'
import type { FinalisedInvoice, FinalisedLine } from './finalised-invoice.ts'

const june = { start: new Date('2026-05-31T22:00:00Z'), end: new Date('2026-06-30T22:00:00Z') }

export type LineFixture = { readonly minor: bigint; readonly rate?: string; readonly quantity?: string }

function lineOf({ minor, rate = '20', quantity = '1' }: LineFixture, index: number, currency: string): FinalisedLine {
  const billed = new Decimal(quantity)
  return {
    id: `line-${index + 1}`,
    sectionAccountId: 'account-linde',
    kind: 'recurring',
    subject: {
      section: 'Café Linde e.U.',
      product: { en: 'Web 1' },
      meter: null,
      resource: 'shop-01',
      resources: 1,
      billingPeriod: '2026-06-01',
    },
    quantity: billed,
    unit: 'month',
    includedQuantity: new Decimal(0),
    billedQuantity: billed,
    unitPrice: new Decimal(minor.toString()).div(100).div(billed),
    net: money(minor, currency),
    taxCategory: 'S',
    taxRate: new Decimal(rate),
    period: june,
  }
}

/** Ahorn's invoice to Linde for June 2026 over `lines`, in minor units net, at 20 % where a line names no rate. */
export function finalisedInvoice(lines: readonly LineFixture[], currency = 'EUR'): FinalisedInvoice {
  const own = lines.map((line, index) => lineOf(line, index, currency))
  const treatmentOf = (line: FinalisedLine): TaxTreatment => ({ category: 'S', rate: line.taxRate, reason: 'domestic' })
  const taxes = taxLines({
    currency,
    behaviour: 'exclusive',
    amounts: own.map((line) => ({ amount: line.net, treatment: treatmentOf(line) })),
  })
  const net = sum(
    currency,
    taxes.map(({ base }) => base),
  )
  const tax = sum(
    currency,
    taxes.map((each) => each.tax),
  )
  return {
    id: 'invoice-1',
    accountId: 'account-linde',
    contractId: 'contract-1',
    documentType: 'invoice',
    number: 'AH-2026-00001',
    issueDate: '2026-07-01',
    dueDate: '2026-07-15',
    periodStart: '2026-06-01',
    periodEnd: '2026-07-01',
    finalisedAt: new Date('2026-07-01T06:00:00Z'),
    language: 'de',
    refersTo: null,
    reason: null,
    seller: {
      tenantId: 'ahorn',
      slug: 'ahorn',
      legalName: 'Ahorn Hosting GmbH',
      addressLines: [],
      country: 'AT',
      vatId: 'ATU12345675',
      email: 'billing@ahorn.example',
      timeZone: 'Europe/Vienna',
    },
    buyer: {
      accountId: 'account-linde',
      kind: 'business',
      name: 'Café Linde e.U.',
      email: 'office@linde.example',
      addressLines: [],
      country: 'AT',
      vatId: null,
    },
    lines: own,
    taxes,
    net,
    tax,
    total: money(net.minor + tax.minor, currency),
  }
}
