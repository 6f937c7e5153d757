import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { createEInvoiceWriter } from '#app/adapters/documents/e-invoice/e-invoice-writer.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import { money, toDecimal } from '#app/domain/money/money.ts'
import { electronicInvoice } from '#app/i18n/electronic-invoice.ts'
import type { EInvoiceFormat } from '#app/ports/e-invoice-writer.ts'
import { type SampleDocument, sampleDocument, sampleFacts } from '#tests/support/sample-document.ts'

const writer = createEInvoiceWriter()
const formats: readonly EInvoiceFormat[] = ['ubl', 'cii', 'xrechnung-ubl', 'xrechnung-cii', 'factur-x']

type Node = { [name: string]: Node } & string

const parser = new XMLParser({
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (name) => ['InvoiceLine', 'CreditNoteLine', 'IncludedSupplyChainTradeLineItem', 'TaxSubtotal', 'AllowanceCharge'].includes(name),
})

function write(document: FinalisedInvoice, format: EInvoiceFormat) {
  return writer.write(electronicInvoice(document, sampleFacts(document)), format)
}

async function xmlOf(document: FinalisedInvoice, format: EInvoiceFormat): Promise<string> {
  const written = await write(document, format)
  if (!written.ok) throw new Error(`${written.error}: ${written.detail}`)
  return written.value
}

async function ublOf(changes: SampleDocument = {}, format: EInvoiceFormat = 'ubl'): Promise<Node> {
  const parsed = parser.parse(await xmlOf(sampleDocument(changes), format)) as Node
  return (parsed.Invoice ?? parsed.CreditNote) as Node
}

const text = (node: Node | undefined): string => (typeof node === 'string' ? node : (node?.['#text'] ?? ''))
const items = (node: Node | undefined): Node[] => (node ?? []) as unknown as Node[]

const spring = {
  name: { de: 'Frühling' },
  order: 1,
  method: 'percent',
  percent: '10',
  leftMinor: null,
  leftCurrency: null,
  refusal: null,
} as const
const reverse = { category: 'AE', rate: '0' }
const german = { name: 'Kanzlei Dr. Beck', addressLines: ['Marienplatz 3', '80331 München'], country: 'DE', vatId: 'DE289714536' }
const buyer = sampleDocument().buyer

/** Documents of every kind that the formats meet. */
const documents: readonly (readonly [string, SampleDocument])[] = [
  ['a fee', {}],
  [
    'an hourly price of twelve decimals',
    { lines: [{ kind: 'usage', meter: 'server.running', unit: 'hour', quantity: '719.95288', unitPrice: '0.008333333333' }] },
  ],
  [
    'usage in units without a code',
    { lines: [{ kind: 'usage', meter: 'volume', unit: 'GiB-hour', quantity: '36000', unitPrice: '0.000137' }] },
  ],
  [
    'a discount in percent',
    {
      lines: [
        { product: 'Web 1', unitPrice: '24.90' },
        { kind: 'discount', net: -249n, discount: { ...spring, baseMinor: '2490' } },
      ],
    },
  ],
  [
    'a discount taken back',
    {
      lines: [
        { product: 'Web 1', unitPrice: '24.90' },
        { kind: 'discount', net: 249n, discount: { ...spring, baseMinor: '2490' } },
      ],
    },
  ],
  ['nothing but a discount', { lines: [{ kind: 'discount', net: -249n, discount: { ...spring, baseMinor: '2490' } }] }],
  [
    'several rates',
    {
      lines: [
        { product: 'Web 1', unitPrice: '33.33' },
        { kind: 'item', text: 'Buch', unit: 'piece', quantity: '3', unitPrice: '11.11', rate: '10' },
      ],
    },
  ],
  [
    'a correction downwards',
    {
      lines: [
        { product: 'Web 1', unitPrice: '24.90' },
        { kind: 'correction', meter: 'traffic.sent', unit: 'GB', quantity: '-12.5', unitPrice: '0.15', net: -188n },
      ],
    },
  ],
  ['corrections below zero', { lines: [{ kind: 'correction', product: 'Web 1', quantity: '-1', unitPrice: '24.90', net: -2490n }] }],
  ['zero usage', { lines: [{ kind: 'usage', meter: 'traffic.sent', unit: 'GB', quantity: '0', unitPrice: '0.15' }] }],
  ['reverse charge', { lines: [{ product: 'Web 1', unitPrice: '24.90', ...reverse }], buyer: { ...buyer, ...german } }],
  [
    'a service abroad',
    {
      lines: [{ product: 'Web 1', unitPrice: '24.90', category: 'O', rate: '0' }],
      buyer: { ...buyer, country: 'CH', addressLines: ['Seestrasse 1', '8002 Zürich'] },
    },
  ],
  ['an exemption', { lines: [{ product: 'Web 1', unitPrice: '24.90', category: 'E', rate: '0' }] }],
  ['an export at the zero rate', { lines: [{ product: 'Web 1', unitPrice: '24.90', category: 'Z', rate: '0' }] }],
  ['yen', { currency: 'JPY', lines: [{ product: 'Web 1', unitPrice: '2490' }] }],
  [
    'a credit note',
    { documentType: 'credit-note', refersTo: { number: 'AH-2026-00041', issueDate: '2026-06-01' }, reason: 'Ausfall am 12. Juni' },
  ],
  [
    'a debit note',
    { documentType: 'debit-note', refersTo: { number: 'AH-2026-00041', issueDate: '2026-06-01' }, reason: 'Nachverrechnung' },
  ],
  ['a buyer with a reference and an order', { buyer: { ...buyer, reference: '04011000-12345-03', purchaseOrder: 'PO 7' } }],
  ['a seller without an account', { seller: { ...sampleDocument().seller, bank: undefined } as FinalisedInvoice['seller'] }],
  [
    'markup and control characters',
    { lines: [{ kind: 'item', text: '<b>&\u0000\u0008]]></b> "x" \ud800', unit: 'piece', unitPrice: '1' }] },
  ],
]

describe.each(documents)('%s', (_, changes) => {
  const document = sampleDocument(changes)
  const amountOf = (value: FinalisedInvoice['net']) => toDecimal(value).toFixed(value.currency === 'JPY' ? 0 : 2)

  test.each(['ubl', 'xrechnung-ubl'] as const)('says in %s what its page says', async (format) => {
    const ubl = await ublOf(changes, format)
    const totals = ubl.LegalMonetaryTotal
    expect([text(ubl.ID), text(ubl.IssueDate), text(ubl.DocumentCurrencyCode)]).toEqual([
      document.number,
      document.issueDate,
      document.net.currency,
    ])
    expect([text(totals?.TaxExclusiveAmount), text(ubl.TaxTotal?.TaxAmount), text(totals?.TaxInclusiveAmount)]).toEqual(
      [document.net, document.tax, document.total].map(amountOf),
    )
    expect(
      items(ubl.TaxTotal?.TaxSubtotal).map((tax) => [text(tax.TaxCategory?.ID), text(tax.TaxableAmount), text(tax.TaxAmount)]),
    ).toEqual(document.taxes.map((tax) => [tax.category, amountOf(tax.base), amountOf(tax.tax)]))
  })

  test.each(['cii', 'xrechnung-cii', 'factur-x'] as const)('says in %s what its page says', async (format) => {
    const { CrossIndustryInvoice: cii } = parser.parse(await xmlOf(document, format)) as Node
    const settlement = cii?.SupplyChainTradeTransaction?.ApplicableHeaderTradeSettlement
    const sums = settlement?.SpecifiedTradeSettlementHeaderMonetarySummation
    expect([text(cii?.ExchangedDocument?.ID), text(settlement?.InvoiceCurrencyCode)]).toEqual([document.number, document.net.currency])
    expect([text(sums?.TaxBasisTotalAmount), text(sums?.TaxTotalAmount), text(sums?.GrandTotalAmount)]).toEqual(
      [document.net, document.tax, document.total].map(amountOf),
    )
    expect(cii?.SupplyChainTradeTransaction?.ApplicableHeaderTradeDelivery).toBeDefined()
  })

  test('gives the same text each time', async () => {
    for (const format of formats) expect(await xmlOf(document, format)).toBe(await xmlOf(document, format))
  })

  test('has lines whose quantity and price give their amount', async () => {
    const ubl = await ublOf(changes)
    const digits = document.net.currency === 'JPY' ? 0 : 2
    for (const line of items(ubl.InvoiceLine ?? ubl.CreditNoteLine)) {
      const quantity = Number(text(line.InvoicedQuantity ?? line.CreditedQuantity))
      const price = Number(text(line.Price?.PriceAmount))
      expect(price).toBeGreaterThanOrEqual(0)
      expect(((quantity * price) / Number(text(line.Price?.BaseQuantity) || 1)).toFixed(digits)).toBe(
        Number(text(line.LineExtensionAmount)).toFixed(digits),
      )
    }
  })
})

describe('an invoice as UBL', () => {
  test('names the specification and process of Peppol', async () => {
    const ubl = await ublOf()
    expect(text(ubl.CustomizationID)).toBe('urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0')
    expect(text(ubl.ProfileID)).toBe('urn:fdc:peppol.eu:2017:poacc:billing:01:1.0')
    expect(text((await ublOf({}, 'xrechnung-ubl')).CustomizationID)).toBe(
      'urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0',
    )
  })

  test('tells period, delivery, due date and the SEPA transfer', async () => {
    const ubl = await ublOf()
    expect([text(ubl.InvoicePeriod?.StartDate), text(ubl.InvoicePeriod?.EndDate), text(ubl.DueDate)]).toEqual([
      '2026-06-01',
      '2026-06-30',
      '2026-07-15',
    ])
    expect(text(ubl.PaymentMeans?.PaymentMeansCode)).toBe('58')
    expect(text(ubl.PaymentMeans?.PaymentID)).toBe('AH-2026-00042')
    expect(text(ubl.PaymentMeans?.PayeeFinancialAccount?.ID)).toBe('AT611904300234573201')
  })

  test('sends a QR reference to the QR-IBAN, in francs', async () => {
    const bank = {
      holder: 'Lakeside Cloud AG',
      bankName: 'Bank',
      iban: 'CH9300762011623852957',
      bic: null,
      qrIban: 'CH4431999123000889012',
    }
    const ubl = await ublOf({ currency: 'CHF', number: 'LC-2026-00007', seller: { ...sampleDocument().seller, bank } })
    expect([text(ubl.PaymentMeans?.PaymentMeansCode), text(ubl.PaymentMeans?.PayeeFinancialAccount?.ID)]).toEqual([
      '30',
      'CH4431999123000889012',
    ])
    expect(text(ubl.PaymentMeans?.PaymentID)).toBe('000000000000000002026000075')
  })

  test('tells an hourly price for the thousand or more', async () => {
    const ubl = await ublOf({ lines: [{ kind: 'usage', meter: 'server.running', unit: 'hour', quantity: '100', unitPrice: '0.0137' }] })
    const [line] = items(ubl.InvoiceLine)
    expect([text(line?.Price?.PriceAmount), text(line?.Price?.BaseQuantity), line?.InvoicedQuantity?.['@_unitCode']]).toEqual([
      '13.7',
      '1000',
      'HUR',
    ])
  })

  test('has discounts as allowances of the document', async () => {
    const ubl = await ublOf(Object.fromEntries(documents)['a discount in percent'])
    const [allowance] = items(ubl.AllowanceCharge)
    expect([
      text(allowance?.ChargeIndicator),
      text(allowance?.AllowanceChargeReasonCode),
      text(allowance?.MultiplierFactorNumeric),
    ]).toEqual(['false', '95', '10'])
    expect([text(allowance?.Amount), text(allowance?.BaseAmount)]).toEqual(['2.49', '24.90'])
    expect([text(ubl.LegalMonetaryTotal?.LineExtensionAmount), text(ubl.LegalMonetaryTotal?.AllowanceTotalAmount)]).toEqual([
      '24.90',
      '2.49',
    ])
  })

  test('has a discount taken back as a charge', async () => {
    const ubl = await ublOf(Object.fromEntries(documents)['a discount taken back'])
    expect(text(items(ubl.AllowanceCharge)[0]?.ChargeIndicator)).toBe('true')
    expect(text(ubl.LegalMonetaryTotal?.ChargeTotalAmount)).toBe('2.49')
  })

  test('says why no tax is charged, by code and in words', async () => {
    const exemption = async (name: string) => {
      const ubl = await ublOf(Object.fromEntries(documents)[name])
      const category = items(ubl.TaxTotal?.TaxSubtotal)[0]?.TaxCategory
      return [text(category?.TaxExemptionReasonCode), text(category?.TaxExemptionReason).slice(0, 20)]
    }
    expect(await exemption('reverse charge')).toEqual(['VATEX-EU-AE', 'Steuerschuldnerschaf'])
    expect(await exemption('a service abroad')).toEqual(['VATEX-EU-O', 'In Österreich nicht '])
    expect(await exemption('an exemption')).toEqual(['', 'Von der Umsatzsteuer'])
    expect(await exemption('an export at the zero rate')).toEqual(['', ''])
  })

  test('names no VAT id and no rate outside the scope of VAT', async () => {
    const xml = await xmlOf(sampleDocument(Object.fromEntries(documents)['a service abroad']), 'ubl')
    expect(xml).not.toContain('ATU68374190')
    expect(xml).not.toContain('<cbc:Percent>')
  })

  test('keeps a line period that leaves the period of the document to words', async () => {
    const advance = { start: new Date('2026-06-30T22:00:00Z'), end: new Date('2026-07-31T22:00:00Z') }
    const [line] = items((await ublOf({ lines: [{ product: 'Web 1', unitPrice: '24.90', period: advance }] })).InvoiceLine)
    expect(line?.InvoicePeriod).toBeUndefined()
    expect(text(line?.Item?.Description)).toContain('01.–31.07.2026')
  })

  test('carries the reference and order of the buyer', async () => {
    const ubl = await ublOf(Object.fromEntries(documents)['a buyer with a reference and an order'])
    expect([text(ubl.BuyerReference), text(ubl.OrderReference?.ID)]).toEqual(['04011000-12345-03', 'PO 7'])
  })
})

test.each([
  ['pro-forma', 'ubl', '325'],
  ['invoice', 'ubl', '380'],
  ['credit-note', 'ubl', '381'],
  ['debit-note', 'ubl', '383'],
  ['debit-note', 'xrechnung-ubl', '384'],
  ['prepayment-receipt', 'ubl', '386'],
  ['self-billed', 'ubl', '389'],
] as const)('a %s is in %s of type %s', async (documentType, format, code) => {
  const ubl = await ublOf({ documentType, refersTo: { number: 'AH-2026-00041', issueDate: '2026-06-01' } }, format)
  expect(text(ubl.InvoiceTypeCode ?? ubl.CreditNoteTypeCode)).toBe(code)
  expect(text(ubl.BillingReference?.InvoiceDocumentReference?.ID)).toBe('AH-2026-00041')
})

test('a credit note is set off, falls due at no date and counts upwards', async () => {
  const ubl = await ublOf({ documentType: 'credit-note', reason: 'Ausfall am 12. Juni' })
  expect([text(ubl.PaymentMeans?.PaymentMeansCode), ubl.DueDate, text(ubl.LegalMonetaryTotal?.PayableAmount)]).toEqual([
    '97',
    undefined,
    '29.88',
  ])
  expect(text(ubl.Note)).toContain('Ausfall am 12. Juni')
})

test('a receipt of prepayment leaves nothing to pay', async () => {
  const ubl = await ublOf({ documentType: 'prepayment-receipt' })
  expect([text(ubl.LegalMonetaryTotal?.PrepaidAmount), text(ubl.LegalMonetaryTotal?.PayableAmount)]).toEqual(['29.88', '0.00'])
})

test('in a self-billed document the account is the seller', async () => {
  const ubl = await ublOf({ documentType: 'self-billed' })
  expect(text(ubl.AccountingSupplierParty?.Party?.PartyLegalEntity?.RegistrationName)).toBe('Café Linde e.U.')
  expect(text(ubl.AccountingCustomerParty?.Party?.PartyLegalEntity?.RegistrationName)).toBe('Ahorn Hosting GmbH')
})

describe('what cannot be said is refused, and why', () => {
  test('three decimals', async () => {
    const document = sampleDocument({ currency: 'KWD', lines: [{ product: 'Web 1', unitPrice: '24.901' }] })
    expect(await write(document, 'ubl')).toEqual({ ok: false, error: 'currency-not-representable', detail: '24.901 KWD' })
  })

  test('dinars without a third decimal are fine', async () => {
    const document = sampleDocument({ currency: 'KWD', lines: [{ product: 'Web 1', unitPrice: '24.900', rate: '0', category: 'Z' }] })
    expect((await write(document, 'ubl')).ok).toBe(true)
  })

  test('figures that do not agree', async () => {
    const document = sampleDocument({ net: money(2491n, 'EUR') })
    expect(await write(document, 'cii')).toEqual({ ok: false, error: 'totals-disagree', detail: 'BR-CO-13, BR-CO-15' })
  })

  test('a pro-forma for an authority', async () => {
    expect(await write(sampleDocument({ documentType: 'pro-forma' }), 'xrechnung-ubl')).toMatchObject({ error: 'type-not-in-format' })
  })

  test('a self-billed document for an authority: nobody answers for the account', async () => {
    const refused = await write(sampleDocument({ documentType: 'self-billed' }), 'xrechnung-ubl')
    expect(refused).toMatchObject({ error: 'fact-missing', detail: 'BT-41 seller contact' })
  })

  test('a buyer without a place, for an authority', async () => {
    const document = sampleDocument({ buyer: { ...buyer, addressLines: [] } })
    expect(await write(document, 'xrechnung-cii')).toEqual({
      ok: false,
      error: 'fact-missing',
      detail: 'BT-52 buyer city, BT-53 buyer post code',
    })
  })

  test('a country the lists do not know', async () => {
    const document = sampleDocument({ buyer: { ...buyer, country: 'QQ' } })
    expect(await write(document, 'ubl')).toMatchObject({ error: 'schema-violated', detail: expect.stringContaining('IdentificationCode') })
  })
})
