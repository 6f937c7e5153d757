import { describe, expect, test } from 'vitest'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import { invoiceDocument } from './invoice-document.ts'
import type { InvoiceFacts, InvoiceLineFacts } from './invoice-facts.ts'

const plain = (text: string | undefined) => text?.replaceAll(/[\u00a0\u202f]/g, ' ')

const fee: InvoiceLineFacts = {
  subject: { kind: 'recurring', product: 'Web 1' },
  resourceName: 'linde-01',
  period: { start: new Date('2026-06-30T22:00:00Z'), end: new Date('2026-07-31T22:00:00Z') },
  quantity: new Decimal(1),
  includedQuantity: new Decimal(0),
  billedQuantity: new Decimal(1),
  unit: 'month',
  unitPrice: new Decimal('24.90'),
  amount: money(2490n, 'EUR'),
}
const overage: InvoiceLineFacts = {
  subject: { kind: 'usage', meter: 'traffic.sent' },
  resourceName: 'linde-01',
  quantity: new Decimal(160),
  includedQuantity: new Decimal(100),
  billedQuantity: new Decimal(60),
  unit: 'GB',
  unitPrice: new Decimal('0.15'),
  amount: money(900n, 'EUR'),
}
const linde: InvoiceFacts = {
  documentType: 'invoice',
  language: 'de',
  zone: 'Europe/Vienna',
  seller: {
    brand: { name: 'Ahorn Hosting', accent: '#96341f' },
    legalName: 'Ahorn Hosting GmbH',
    address: { street: 'Lindengasse 14', postalCode: '1070', city: 'Wien', country: 'AT' },
    taxIds: [{ kind: 'vat', value: 'ATU68374190' }],
    registration: { number: 'FN 512384 x', court: 'Handelsgericht Wien' },
    management: ['Mag. Johanna Reiter'],
    email: 'buchhaltung@ahorn.example',
    phone: '+43 1 890 41 70',
    website: 'ahorn.example',
    bank: { holder: 'Ahorn Hosting GmbH', bankName: 'Musterbank Wien', iban: 'AT611904300234573201', bic: 'BKAUATWW', qrIban: null },
  },
  buyer: { name: 'Café Linde e.U.', addressLines: ['Neubaugasse 31/4', '1070 Wien'], country: 'AT', customerNumber: 'cus_01' },
  number: 'AH-2026-00042',
  issueDate: '2026-07-01',
  dueDate: '2026-07-15',
  periodStart: '2026-06-01',
  periodEnd: '2026-07-01',
  finalisedAt: new Date('2026-07-01T04:00:00Z'),
  currency: 'EUR',
  sections: [{ lines: [fee, overage] }],
  taxes: [{ treatment: 'standard', ratePercent: new Decimal(20), base: money(3390n, 'EUR'), tax: money(678n, 'EUR') }],
  net: money(3390n, 'EUR'),
  tax: money(678n, 'EUR'),
  total: money(4068n, 'EUR'),
  payment: 'transfer',
}

describe('an Austrian invoice in German', () => {
  const page = invoiceDocument(linde)

  test('names number, dates and the period by its last day', () => {
    expect(page.title).toBe('Rechnung AH-2026-00042')
    expect(page.facts.map((fact) => plain(fact.value))).toEqual(['AH-2026-00042', '01.07.2026', '15.07.2026', '01.–30.06.2026', 'cus_01'])
  })

  test('adds up its discounts between the subtotal and the net, one row each, those without effect left out', () => {
    const taken = (order: number, name: string, minor: bigint): InvoiceLineFacts => ({
      ...fee,
      subject: { kind: 'discount', name, order, base: money(3390n, 'EUR'), isOtherCurrency: minor === 0n },
      amount: money(minor, 'EUR'),
    })
    const lines = [fee, taken(2, 'Treue', -100n), taken(1, 'WEEKEND10', -249n)]
    const sections = [
      { title: 'A', lines },
      { title: 'B', lines: [overage, taken(1, 'WEEKEND10', -90n), taken(3, 'Dollar', 0n)] },
    ]
    const { totals } = invoiceDocument({ ...linde, sections, net: money(2951n, 'EUR') })
    expect(totals.slice(0, 4).map(({ label, value }) => `${label} ${plain(value)}`)).toEqual([
      'Zwischensumme EUR 33,90',
      'Rabatt: WEEKEND10 -EUR 3,39',
      'Rabatt: Treue -EUR 1,00',
      'Summe netto EUR 29,51',
    ])
  })

  test('says of a corrected price what it was of, when it was used and when it was corrected', () => {
    const subject = {
      kind: 're-rated',
      feeKind: 'usage',
      meter: 'traffic.sent',
      product: 'Web 1',
      start: '2026-07-01',
      end: '2026-08-01',
    } as const
    const period = { start: new Date('2026-05-31T22:00:00Z'), end: new Date('2026-06-30T22:00:00Z') }
    const [line] = invoiceDocument({ ...linde, sections: [{ lines: [{ ...overage, subject, period }] }] }).sections[0]?.lines ?? []
    expect(plain(line?.description)).toMatch(/^Neu bewertet: Web 1, /)
    expect(plain(line?.detail)).toContain('01.–30.06.2026 · Preis berichtigt in 01.–31.07.2026')
  })

  test('says of an overage what was measured, included and charged', () => {
    expect(page.sections[0]?.lines[1]).toEqual({
      description: 'Ausgehender Datenverkehr',
      detail: 'linde-01 · 160 GB gemessen, 100 GB inklusive, 60 GB berechnet',
      quantity: '60 GB',
      unitPrice: '0,15',
      amount: '9,00',
    })
  })

  test('shows a fee with its server and its month', () => {
    const line = page.sections[0]?.lines[0]
    expect([line?.description, plain(line?.detail), line?.quantity]).toEqual([
      'Web 1, Monatsgebühr',
      'linde-01 · 01.–31.07.2026',
      '1 Monat',
    ])
  })

  test('shows VAT per rate and the total with its currency', () => {
    expect(page.taxes.rows.map((row) => [plain(row.rate), row.base, row.tax])).toEqual([['20 %', '33,90', '6,78']])
    expect(page.totals.map((total) => plain(total.value))).toEqual(['EUR 33,90', 'EUR 6,78', 'EUR 40,68'])
  })

  test('asks for a transfer with a readable account number', () => {
    expect(page.payment?.rows.map((row) => row.value)).toEqual([
      'Ahorn Hosting GmbH',
      'Musterbank Wien',
      'AT61 1904 3002 3457 3201',
      'BKAUATWW',
      'AH-2026-00042',
    ])
  })

  test('does not repeat the country inside the country', () => {
    expect(page.buyer.lines).toEqual(['Café Linde e.U.', 'Neubaugasse 31/4', '1070 Wien'])
  })
})

test('reverse charge is said in the language of the document', () => {
  const taxes = [{ treatment: 'reverse-charge' as const, ratePercent: new Decimal(0), base: money(2996n, 'EUR'), tax: money(0n, 'EUR') }]
  expect(invoiceDocument({ ...linde, taxes }).notes).toEqual([
    'Steuerschuldnerschaft des Leistungsempfängers (Reverse Charge, Art. 196 der Richtlinie 2006/112/EG).',
  ])
  expect(invoiceDocument({ ...linde, taxes, language: 'fr' }).notes[0]).toMatch(/^Autoliquidation/)
})

test('a service supplied abroad says where it is not taxable', () => {
  const taxes = [{ treatment: 'outside-scope' as const, ratePercent: new Decimal(0), base: money(2610n, 'EUR'), tax: money(0n, 'EUR') }]
  expect(invoiceDocument({ ...linde, language: 'en', taxes }).notes).toEqual([
    'Not taxable in Austria: the place of supply is the country of the recipient.',
  ])
})

test('an export at the zero rate and an exempt supply are called by their names', () => {
  const untaxed = { ratePercent: new Decimal(0), base: money(2610n, 'EUR'), tax: money(0n, 'EUR') }
  const taxes = [
    { ...untaxed, treatment: 'zero-rated' as const },
    { ...untaxed, treatment: 'exempt' as const },
  ]
  expect(invoiceDocument({ ...linde, language: 'en', taxes }).notes).toEqual([
    'Zero-rated export of services: no VAT is charged.',
    'Exempt from VAT.',
  ])
})

test('an hourly price is shown with all its decimals, so that the line can be checked', () => {
  const line: InvoiceLineFacts = {
    ...overage,
    unit: 'hour',
    unitPrice: new Decimal('0.008333333333'),
    billedQuantity: new Decimal('2.95288'),
  }
  const shown = invoiceDocument({ ...linde, sections: [{ lines: [line] }] }).sections[0]?.lines[0]
  expect([shown?.unitPrice, plain(shown?.quantity)]).toEqual(['0,008333333333', '2,95288 Std.'])
})

test('a buyer abroad is shown with the country and its tax id', () => {
  const page = invoiceDocument({ ...linde, buyer: { ...linde.buyer, country: 'DE', taxId: 'DE289714536' } })
  expect(page.buyer.lines.at(-1)).toBe('Deutschland')
  expect(page.facts.at(-1)).toEqual({ label: 'Ihre USt-IdNr.', value: 'DE289714536' })
})

test("a department's section carries its name and subtotal", () => {
  const page = invoiceDocument({ ...linde, language: 'en', sections: [{ title: 'R&D', lines: [fee], subtotal: money(2490n, 'EUR') }] })
  expect(page.sections[0]).toMatchObject({ title: 'R&D', subtotal: { label: 'Subtotal R&D', value: '24.90' } })
})

test('nothing is asked for when nothing is due', () => {
  expect(invoiceDocument({ ...linde, total: money(0n, 'EUR') }).payment).toBeUndefined()
})

describe('an invoice that credit and balance settled a part of', () => {
  const settlements = [
    { kind: 'credit-note', number: 'AH-GS-2026-00003', amount: money(1000n, 'EUR') },
    { kind: 'balance', source: 'promo', amount: money(500n, 'EUR') },
    { kind: 'balance', source: 'top-up', amount: money(568n, 'EUR') },
  ] as const

  test('says what was taken in which order, and asks for the rest', () => {
    const page = invoiceDocument({ ...linde, settlements })
    expect(page.totals.slice(-5).map(({ label, value }) => [plain(label), plain(value)])).toEqual([
      ['Gesamtbetrag', 'EUR 40,68'],
      ['Gutschrift AH-GS-2026-00003', '-EUR 10,00'],
      ['Aus Ihrem Guthaben: Aktionsguthaben', '-EUR 5,00'],
      ['Aus Ihrem Guthaben', '-EUR 5,68'],
      ['Offener Betrag', 'EUR 20,00'],
    ])
    expect(plain(page.payment?.text ?? '')).toContain('EUR 20,00')
  })

  test('asks for nothing when the balance paid all of it', () => {
    const page = invoiceDocument({ ...linde, settlements: [{ kind: 'balance', source: 'top-up', amount: money(4068n, 'EUR') }] })
    expect(page.payment).toBeUndefined()
  })
})

test('an invoice from Dubai is a tax invoice, runs right to left and sets foreign words apart', () => {
  const seller = {
    ...linde.seller,
    address: { ...linde.seller.address, country: 'AE' },
    taxIds: [{ kind: 'trn' as const, value: '100482193760003' }],
  }
  const page = invoiceDocument({ ...linde, language: 'ar', seller, zone: 'Asia/Dubai' })
  expect(page.direction).toBe('rtl')
  expect(page.title).toBe('فاتورة ضريبية \u2068AH-2026-00042\u2069')
  expect(page.sections[0]?.lines[1]?.quantity).toBe('\u206860 GB\u2069')
})

test('a name that looks like a template stays that name', () => {
  const page = invoiceDocument({
    ...linde,
    sections: [{ lines: [{ ...fee, subject: { kind: 'recurring', product: '{{constructor}} $t(page)' } }] }],
  })
  expect(page.sections[0]?.lines[0]?.description).toBe('{{constructor}} $t(page), Monatsgebühr')
})
