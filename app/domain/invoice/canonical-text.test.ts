import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { canonicalText } from './canonical-text.ts'
import type { FinalisedInvoice } from './finalised-invoice.ts'

const seller = {
  tenantId: 't',
  slug: 'ahorn',
  legalName: 'Ahorn',
  addressLines: [],
  country: 'AT',
  vatId: null,
  email: 'a@ahorn.example',
  timeZone: 'Europe/Vienna',
}
const buyer = {
  accountId: 'a',
  kind: 'business',
  name: 'Café Linde',
  email: 'l@linde.example',
  addressLines: [],
  country: 'AT',
  vatId: null,
} as const
const invoice: FinalisedInvoice = {
  id: 'i',
  accountId: 'a',
  contractId: 'c',
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
  seller,
  buyer,
  lines: [],
  taxes: [{ category: 'S', rate: new Decimal('20.000000000000'), base: money(3990n, 'EUR'), tax: money(798n, 'EUR'), reason: 'domestic' }],
  net: money(3990n, 'EUR'),
  tax: money(798n, 'EUR'),
  total: money(4788n, 'EUR'),
}

test('the order in which facts were written does not change a document’s text', () => {
  const shuffled = Object.fromEntries(Object.entries(invoice).reverse()) as FinalisedInvoice
  expect(canonicalText(shuffled, null)).toBe(canonicalText(invoice, null))
})

test('a rate of 20 and one of 20.000 are the same text', () => {
  expect(canonicalText(invoice, null)).toContain('"rate":"20"')
})

test('the same document after another one has another text', () => {
  expect(canonicalText(invoice, 'aa')).not.toBe(canonicalText(invoice, 'bb'))
})

test('a document that stands alone says nothing of a reference or a reason', () => {
  expect(canonicalText(invoice, null)).not.toMatch(/refersTo|reason":null/)
  const credit: FinalisedInvoice = { ...invoice, refersTo: { number: 'AH-2026-00001', issueDate: '2026-07-01' }, reason: 'Agreed by phone' }
  expect(canonicalText(credit, null)).toContain('"refersTo":{"issueDate":"2026-07-01","number":"AH-2026-00001"}')
})
