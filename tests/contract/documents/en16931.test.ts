import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEInvoiceWriter } from '#app/adapters/documents/e-invoice/e-invoice-writer.ts'
import type { DiscountSubject, FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import { electronicInvoice } from '#app/i18n/electronic-invoice.ts'
import type { EInvoiceFormat } from '#app/ports/e-invoice-writer.ts'
import { brokenRules, figuresOf } from '#tests/support/check-en16931.ts'
import { type SampleDocument, sampleDocument, sampleFacts } from '#tests/support/sample-document.ts'

const writer = createEInvoiceWriter()
const formats: readonly EInvoiceFormat[] = ['ubl', 'cii', 'factur-x']
const written = (document: FinalisedInvoice, format: EInvoiceFormat) =>
  writer.write(electronicInvoice(document, sampleFacts(document)), format)

async function xmlOf(document: FinalisedInvoice, format: EInvoiceFormat): Promise<string> {
  const result = await written(document, format)
  if (!result.ok) throw new Error(`${result.error}: ${result.detail}`)
  return result.value
}

const base = sampleDocument()
const web1 = { product: 'Web 1', unitPrice: '24.90' }
const off = (minor: bigint, baseMinor: string, rate = '20') => ({
  kind: 'discount' as const,
  net: -minor,
  rate,
  discount: {
    name: { de: 'Treue' },
    order: 1,
    method: 'amount',
    percent: null,
    baseMinor,
    leftMinor: null,
    leftCurrency: null,
    refusal: null,
  } satisfies DiscountSubject,
})
const refersTo = { number: 'AH-2026-00041', issueDate: '2026-06-01' }
const german = { ...base.buyer, country: 'DE', vatId: 'DE289714536', addressLines: ['Marienplatz 3', '80331 München'] }
const swiss = { ...base.buyer, country: 'CH', addressLines: ['Seestrasse 1', '8002 Zürich'] }
const untaxed = (category: string, reason: string) => ({
  lines: [{ ...web1, category, rate: '0' }],
  taxes: [{ category, rate: new Decimal(0), base: money(2490n, 'EUR'), tax: money(0n, 'EUR'), reason }],
})

const documents: readonly (readonly [string, SampleDocument])[] = [
  ['an invoice in euros', {}],
  ['one that the balance paid a part of', { settlements: [{ kind: 'balance', source: 'top-up', amount: money(1000n, 'EUR') }] }],
  ['one in francs', { currency: 'CHF', lines: [{ product: 'Web 1', unitPrice: '22.90', rate: '8.1' }] }],
  [
    'one in dinars whose fils end in nought',
    { currency: 'KWD', lines: [{ product: 'Web 1', unitPrice: '2.50', rate: '0', category: 'Z' }] },
  ],
  // 49.90 with 21 % in it: 8.66 of tax, 41.24 net (S2).
  [
    'prices that include tax',
    {
      lines: [{ product: 'Web 1', unitPrice: '49.90', net: 4124n, rate: '21' }],
      taxes: [{ category: 'S', rate: new Decimal(21), base: money(4124n, 'EUR'), tax: money(866n, 'EUR'), reason: 'destination-eu' }],
      net: money(4124n, 'EUR'),
      tax: money(866n, 'EUR'),
      total: money(4990n, 'EUR'),
    },
  ],
  [
    'a discount over two rates',
    {
      lines: [
        { product: 'Web 1', unitPrice: '60.00' },
        { kind: 'item', text: 'Buch', unit: 'piece', unitPrice: '40.00', rate: '10' },
        off(601n, '6000'),
        off(400n, '4000', '10'),
      ],
    },
  ],
  ['a discount taken back', { lines: [web1, off(-249n, '2490')] }],
  [
    'usage, a fee and a correction',
    {
      lines: [
        web1,
        { kind: 'usage', meter: 'server.running', unit: 'hour', quantity: '719.95288', unitPrice: '0.008333333333' },
        { kind: 'correction', meter: 'traffic.sent', unit: 'GB', quantity: '-12.5', unitPrice: '0.15', net: -188n },
      ],
    },
  ],
  ['reverse charge', { ...untaxed('AE', 'reverse-charge-eu'), buyer: german }],
  ['a service abroad', { ...untaxed('O', 'service-abroad'), buyer: swiss }],
  ['an exempt buyer', untaxed('E', 'buyer-exempt')],
  ['a free export', { ...untaxed('G', 'zero-rated-export'), buyer: swiss }],
  ['a zero rate', untaxed('Z', 'zero-rated-export')],
  ['a credit note (381)', { documentType: 'credit-note', refersTo, reason: 'Ausfall am 12. Juni' }],
  [
    'a credit note under reverse charge',
    { ...untaxed('AE', 'reverse-charge-eu'), buyer: german, documentType: 'credit-note', refersTo, reason: 'Ausfall' },
  ],
  ['a corrected invoice', { documentType: 'debit-note', refersTo, reason: 'Nachverrechnung' }],
  ['a self-billed document (389)', { documentType: 'self-billed', buyer: { ...base.buyer, vatId: 'ATU13585627' } }],
]

describe.each(documents)('%s', (_, changes) => {
  const document = sampleDocument(changes)
  test.each(formats)('keeps the rules of EN 16931 as %s, and says the figures of its page', async (format) => {
    const xml = await xmlOf(document, format)
    expect(brokenRules(xml)).toEqual([])
    expect(figuresOf(xml)).toEqual([document.net, document.tax, document.total].map(({ minor, currency }) => shown(minor, currency)))
  })
})

function shown(minor: bigint, currency: string): string {
  return new Decimal(minor.toString()).div(currency === 'KWD' ? 1000 : 100).toFixed(2)
}

test('a third decimal has no place in the standard: a dinar of 2.525 leaves as a page alone', async () => {
  const document = sampleDocument({ currency: 'KWD', lines: [{ product: 'Web 1', unitPrice: '2.525', rate: '0', category: 'Z' }] })
  for (const format of formats) expect(await written(document, format)).toMatchObject({ ok: false, error: 'currency-not-representable' })
})

test('any lines, discounts and rates keep the rules in both syntaxes', async () => {
  const line = fc.record({
    quantity: fc.integer({ min: 1, max: 50 }),
    cents: fc.integer({ min: 1, max: 99_999 }),
    rate: fc.constantFrom('20', '10', '13'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 100 }), async (lines, percent) => {
      const sold = lines.map(({ quantity, cents, rate }) => ({
        kind: 'item' as const,
        text: 'Stück',
        unit: 'piece',
        rate,
        quantity: String(quantity),
        unitPrice: new Decimal(cents).div(100).toFixed(2),
      }))
      const discounts = [...new Set(lines.map(({ rate }) => rate))].flatMap((rate) => {
        const whole = lines.filter((each) => each.rate === rate).reduce((total, { quantity, cents }) => total + quantity * cents, 0)
        const minor = BigInt(Math.round((whole * percent) / 100))
        return minor === 0n ? [] : [off(minor, String(whole), rate)]
      })
      const document = sampleDocument({ lines: [...sold, ...discounts] })
      for (const format of ['ubl', 'cii'] as const) expect(brokenRules(await xmlOf(document, format))).toEqual([])
    }),
    { numRuns: 25 },
  )
})

describe('the checker finds', () => {
  const twins: readonly (readonly [string, SampleDocument, readonly [RegExp, string]])[] = [
    ['BR-CO-10', {}, [/(LineTotalAmount>|:LineExtensionAmount currencyID="EUR">)24\.90/, '$124.91']],
    ['BR-CO-14', {}, [/((?:TaxTotalAmount|CalculatedAmount)[^>]*>|TaxAmount currencyID="EUR">)4\.98/, '$14.99']],
    ['BR-CO-15', {}, [/((?:GrandTotalAmount)>|TaxInclusiveAmount currencyID="EUR">)29\.88/, '$129.89']],
    ['BR-CO-16', {}, [/((?:DuePayableAmount)>|PayableAmount currencyID="EUR">)29\.88/, '$129.89']],
    [
      'BR-AE-10',
      { ...untaxed('AE', 'reverse-charge-eu'), buyer: german },
      [/<(?:ram:ExemptionReason|cbc:TaxExemptionReason)(Code)?>[^<]*<[^>]*>/g, ''],
    ],
    ['BR-AE-2 buyer', { ...untaxed('AE', 'reverse-charge-eu'), buyer: german }, [/DE289714536/g, '']],
    ['BR-S-5', {}, [/((?:RateApplicablePercent)>|cbc:Percent>)20/g, '$10']],
    ['BR-CL-01', {}, [/(TypeCode>)380/, '$1999']],
  ]
  test.each(twins)('%s when it is broken', async (rule, changes, [what, by]) => {
    for (const format of ['ubl', 'cii'] as const) {
      const xml = await xmlOf(sampleDocument(changes), format)
      const broken = xml.replace(what, by)
      expect(broken).not.toBe(xml)
      expect(brokenRules(broken)).toContain(rule)
    }
  })
})
