import { afterAll, describe, expect, test } from 'vitest'
import { createTypstRenderer } from '#app/adapters/documents/typst/typst-renderer.ts'
import { money } from '#app/domain/money/money.ts'
import { accountStatement, payoutStatement } from '#app/i18n/statement-document.ts'
import type { AccountStatementFacts, PayoutStatementFacts } from '#app/i18n/statement-facts.ts'
import { textOfPdf } from '#tests/e2e/support/pdf-text.ts'
import { sampleDocument, sampleFacts } from '#tests/support/sample-document.ts'

const renderer = createTypstRenderer()
afterAll(() => renderer.close())

const eur = (minor: bigint) => money(minor, 'EUR')
const { seller, buyer } = sampleFacts(sampleDocument())
const subject = {
  language: 'de',
  zone: 'Europe/Vienna',
  seller,
  buyer,
  currency: 'EUR',
  periodStart: '2026-06-01',
  periodEnd: '2026-07-01',
  createdAt: new Date('2026-07-01T04:00:00Z'),
} as const

const june: AccountStatementFacts = {
  ...subject,
  opening: eur(1_000n),
  entries: [
    { date: '2026-06-02', kind: 'payment', text: 'SEPA 4711', amount: eur(-1_000n) },
    { date: '2026-06-12', kind: 'credit-note', number: 'AH-C-1', amount: eur(-500n) },
    { date: '2026-06-30', kind: 'invoice', number: 'AH-2026-00042', amount: eur(2_988n) },
  ],
  closing: eur(2_488n),
}

const payout: PayoutStatementFacts = {
  ...subject,
  number: 'SB-2026-00001',
  carriedOver: eur(-200n),
  entries: [
    { date: '2026-06-10', kind: 'collected', number: 'AH-2026-00040', customer: 'Café Linde e.U.', amount: eur(10_000n) },
    { date: '2026-06-10', kind: 'buy-price', number: 'MG-2026-00012', amount: eur(-6_000n) },
    { date: '2026-06-10', kind: 'financial-charge', amount: eur(-150n) },
    { date: '2026-06-20', kind: 'dispute-hold', number: 'AH-2026-00039', amount: eur(-1_000n) },
  ],
  payout: eur(2_650n),
  payOn: '2026-07-05',
}

describe('a statement of account', () => {
  test('leads from the opening to the closing balance, entry by entry', () => {
    const page = accountStatement(june)
    expect(page.opening).toEqual({ label: 'Saldo zu Beginn des 01.06.2026', value: '10,00' })
    expect(page.rows.map(({ date, description, amount, balance }) => [date, description, amount, balance])).toEqual([
      ['02.06.2026', 'Zahlung', '-10,00', '0,00'],
      ['12.06.2026', 'Rechnungskorrektur AH-C-1', '-5,00', '-5,00'],
      ['30.06.2026', 'Rechnung AH-2026-00042', '29,88', '24,88'],
    ])
    expect(page.closing.label).toBe('Offener Saldo am Ende des 30.06.2026')
  })

  test('says when the balance is in the favour of the customer', () => {
    const entries = june.entries.slice(0, 2)
    expect(accountStatement({ ...june, entries, closing: eur(-500n) }).closing.label).toBe('Guthaben am Ende des 30.06.2026')
  })

  test('whose entries do not lead to its closing balance is not made', () => {
    expect(() => accountStatement({ ...june, closing: eur(2_489n) })).toThrow('do not lead to its closing balance')
  })

  test('as PDF names both sides, the period and the balance, the same bytes each time', async () => {
    const pdf = Buffer.from(await renderer.renderStatement(accountStatement(june)))
    const text = textOfPdf(pdf)
    for (const words of ['Kontoauszug', 'Ahorn Hosting GmbH', 'Café Linde e.U.', '01.–30.06.2026', 'AH-2026-00042', 'SEPA 4711'])
      expect(text).toContain(words)
    expect(Buffer.from(await renderer.renderStatement(accountStatement(june))).equals(pdf)).toBe(true)
  })

  test('breaks over pages with as many entries as there are', async () => {
    const entries = Array.from({ length: 120 }, () => ({ date: '2026-06-12', kind: 'payment', amount: eur(-1n) }) as const)
    const pdf = await renderer.renderStatement(accountStatement({ ...june, entries, closing: eur(880n) }))
    expect(textOfPdf(Buffer.from(pdf))).toContain('Seite 3 von')
  })
})

describe('a payout statement', () => {
  test('adds up what was collected and kept, by kind', () => {
    const page = payoutStatement(payout)
    expect(page.totals.map(({ label, value }) => [label, value.replaceAll(/\u00a0/g, ' ')])).toEqual([
      ['Eingezogen', 'EUR 100,00'],
      ['Einkaufspreise', '-EUR 60,00'],
      ['Gebühren für den Einzug', '-EUR 1,50'],
      ['Einbehalten für Reklamationen', '-EUR 10,00'],
    ])
    expect(page.notes).toEqual(['Wir zahlen diesen Betrag am 05.07.2026 aus.'])
  })

  test('that comes out negative is carried over, and promises no payment', () => {
    const entries = payout.entries.slice(1)
    const page = payoutStatement({ ...payout, entries, payout: eur(-7_350n) })
    expect([page.closing.label, page.notes]).toEqual(['Übertrag in die nächste Auszahlung', []])
  })

  test('as PDF names its number, the customer and the payout', async () => {
    const text = textOfPdf(Buffer.from(await renderer.renderStatement(payoutStatement(payout))))
    for (const words of ['Auszahlungsaufstellung', 'SB-2026-00001', 'Café Linde e.U.', 'AH-2026-00039']) expect(text).toContain(words)
  })
})
