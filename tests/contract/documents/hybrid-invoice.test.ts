import { afterAll, describe, expect, test } from 'vitest'
import { createEInvoiceWriter } from '#app/adapters/documents/e-invoice/e-invoice-writer.ts'
import { createTypstRenderer } from '#app/adapters/documents/typst/typst-renderer.ts'
import type { FinalisedInvoice } from '#app/domain/invoice/finalised-invoice.ts'
import { electronicInvoice } from '#app/i18n/electronic-invoice.ts'
import { invoiceDocument } from '#app/i18n/invoice-document.ts'
import { demoBankDetails } from '#prisma/seed/bank-details.ts'
import { partsOfPdf, textOfPdf } from '#tests/e2e/support/pdf-text.ts'
import { type SampleDocument, sampleDocument, sampleFacts } from '#tests/support/sample-document.ts'

const renderer = createTypstRenderer()
const writer = createEInvoiceWriter()
afterAll(() => renderer.close())

async function render(document: FinalisedInvoice): Promise<{ pdf: Buffer; xml: string; flaws: string[] }> {
  const facts = sampleFacts(document)
  const written = await writer.write(electronicInvoice(document, facts), 'factur-x')
  if (!written.ok) throw new Error(written.detail)
  const flaws: string[] = []
  const pdf = await renderer.renderInvoice(invoiceDocument(facts), { electronic: written.value, onFlaw: (flaw) => flaws.push(flaw) })
  return { pdf: Buffer.from(pdf), xml: written.value, flaws }
}

const pagesOf = (pdf: Buffer) => [...pdf.toString('latin1').matchAll(/\/Type \/Page\b/g)].length

describe('an invoice as PDF with its electronic form inside', () => {
  test('holds the XML as an alternative of itself, and says so in its metadata', async () => {
    const { pdf, xml } = await render(sampleDocument())
    const parts = Buffer.from(partsOfPdf(pdf), 'latin1').toString('utf8')
    expect(parts).toContain(xml)
    expect(parts).toContain('/AFRelationship /Alternative')
    expect(parts).toContain('<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>')
    expect(parts).toContain('<pdfaSchema:prefix>fx</pdfaSchema:prefix>')
    expect(parts).toMatch(/pdfaid:part>3</)
    expect(parts).not.toMatch(/\blivery|meridian/i)
  })

  test('names each object where it lies', async () => {
    const text = (await render(sampleDocument())).pdf.toString('latin1')
    const table = text.slice(Number(/startxref\n(\d+)\n%%EOF$/.exec(text)?.[1]))
    const entries = [...table.matchAll(/^(\d{10}) \d{5} ([nf])/gm)]
    expect(table.startsWith(`xref\n0 ${entries.length}\n`)).toBe(true)
    entries.forEach(([, offset, kind], id) => {
      if (kind === 'n') expect(text.slice(Number(offset), Number(offset) + 12)).toMatch(new RegExp(`^${id} 0 obj`))
    })
  })

  test('is the same bytes each time', async () => {
    expect((await render(sampleDocument())).pdf.equals((await render(sampleDocument())).pdf)).toBe(true)
  })

  test.each([
    ['Greek', 'Αφοί Παπαδόπουλοι'],
    ['Cyrillic', 'Завод Прогресс'],
    ['Devanagari', 'शर्मा एंड संस'],
    ['Chinese', '上海云计算有限公司'],
    ['Arabic', 'مكتبة الواحة'],
  ])('keeps to PDF/A with a customer in %s script', async (_, name) => {
    const { flaws } = await render(sampleDocument({ buyer: { ...sampleDocument().buyer, name } }))
    expect(flaws).toEqual([])
  })

  test('tells which character has no font, and is made all the same', async () => {
    const { pdf, flaws } = await render(sampleDocument({ buyer: { ...sampleDocument().buyer, name: 'Cloud 🙂' } }))
    expect(flaws).toEqual([expect.stringContaining('🙂')])
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  })

  test('a font that is not there is named, and no document made', async () => {
    const poor = createTypstRenderer({ fonts: ['/nowhere/NotoSans.ttf'] })
    await expect(poor.renderInvoice(invoiceDocument(sampleFacts(sampleDocument())))).rejects.toThrow('/nowhere/NotoSans.ttf')
    await poor.close()
  })

  test('a seller without a logo is named in its place', async () => {
    const page = invoiceDocument(sampleFacts(sampleDocument()))
    const { logoSvg: _, ...brand } = page.brand
    expect(textOfPdf(Buffer.from(await renderer.renderInvoice({ ...page, brand })))).toContain('Ahorn Hosting')
  })

  test('many at a time are each their own', async () => {
    const numbers = Array.from({ length: 12 }, (_, index) => `AH-2026-${index}`)
    const made = await Promise.all(numbers.map((number) => render(sampleDocument({ number }))))
    made.forEach(({ pdf }, index) => {
      expect(textOfPdf(pdf)).toContain(`AH-2026-${index}`)
    })
  })
})

const lakeside: SampleDocument = {
  currency: 'CHF',
  number: 'LC-2026-00007',
  seller: { ...sampleDocument().seller, slug: 'lakeside', legalName: 'Lakeside Cloud AG', country: 'CH', ...bankOf('lakeside') },
}

function bankOf(slug: string) {
  const bank = demoBankDetails(slug)
  return bank ? { bank } : {}
}

describe('how to pay', () => {
  test('an invoice in euros invites to scan its code', async () => {
    const page = invoiceDocument(sampleFacts(sampleDocument()))
    expect(page.payment?.code?.payload).toContain('EUR29.88')
    expect(textOfPdf((await render(sampleDocument())).pdf)).toContain('Scannen und zahlen')
  })

  test('an invoice in francs has a QR bill on a page of its own', async () => {
    const { pdf } = await render(sampleDocument(lakeside))
    expect(pagesOf(pdf)).toBe(2)
    const text = textOfPdf(pdf)
    for (const words of ['Empfangsschein', 'Zahlteil', 'CH44 3199 9123 0008 8901 2', '00 00000 00000 00000 20260 00075', 'Café Linde e.U.'])
      expect(text).toContain(words)
  })

  test('the QR bill of an Arabic invoice is in English, its scheme has no Arabic', () => {
    expect(invoiceDocument(sampleFacts(sampleDocument({ ...lakeside, language: 'ar' }))).swissSlip?.words.receipt).toBe('Receipt')
  })

  test('a seller that has told no account asks for the payment alone', () => {
    const { bank: _, ...seller } = sampleDocument().seller
    const page = invoiceDocument(sampleFacts(sampleDocument({ seller })))
    expect([page.payment?.rows, page.payment?.code, page.swissSlip]).toEqual([[], undefined, undefined])
  })

  test.each(['credit-note', 'prepayment-receipt', 'self-billed'] as const)('a %s asks for nothing', (documentType) => {
    const page = invoiceDocument(sampleFacts(sampleDocument({ documentType })))
    expect([page.payment, page.swissSlip]).toEqual([undefined, undefined])
  })
})

test.each([
  ['credit-note', 'Rechnungskorrektur AH-2026-00042', 'Gutgeschrieben'],
  ['debit-note', 'Nachbelastung AH-2026-00042', 'Gesamtbetrag'],
  ['pro-forma', 'Proforma-Rechnung AH-2026-00042', 'Gesamtbetrag'],
  ['prepayment-receipt', 'Beleg über eine Vorauszahlung AH-2026-00042', 'Erhalten'],
  ['self-billed', 'Gutschrift AH-2026-00042', 'Auszahlung'],
] as const)('a %s is called "%s"', async (documentType, title, total) => {
  const document = sampleDocument({
    documentType,
    refersTo: { number: 'AH-2026-00041', issueDate: '2026-06-01' },
    reason: 'Ausfall am 12. Juni',
  })
  const text = textOfPdf((await render(document)).pdf)
  for (const words of [title, total, 'AH-2026-00041', 'Ausfall am 12. Juni', 'Café Linde e.U.', 'Ahorn Hosting GmbH'])
    expect(text).toContain(words)
})
