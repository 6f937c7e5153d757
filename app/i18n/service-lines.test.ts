import { expect, test } from 'vitest'
import type { FinalisedLine } from '#app/domain/invoice/finalised-invoice.ts'
import { Decimal } from '#app/domain/money/decimal.ts'
import { money } from '#app/domain/money/money.ts'
import { i18nFor } from './i18n.server.ts'
import { lineFactsOf } from './invoice-facts-of.ts'
import { documentLine } from './invoice-lines.ts'

const names = { de: 'Arbeitsstunden', en: 'Hours of work' }
const line: FinalisedLine = {
  id: 'line',
  sectionAccountId: 'account',
  kind: 'setup',
  subject: {
    section: '',
    product: names,
    soldAs: 'hour',
    meter: null,
    resource: 'Arbeitsstunden',
    resources: 1,
    billingPeriod: '2026-06-05',
  },
  quantity: new Decimal(5),
  unit: 'once',
  includedQuantity: new Decimal(0),
  billedQuantity: new Decimal(5),
  unitPrice: new Decimal('96.00'),
  net: money(48_000n, 'EUR'),
  taxCategory: 'S',
  taxRate: new Decimal(20),
  period: { start: new Date('2026-06-05T14:40:00Z'), end: new Date('2026-07-04T22:00:00Z') },
}

const wordsOf = (of: FinalisedLine) => {
  const texts = { t: i18nFor('de').getFixedT('de', 'document'), locale: 'de-AT', zone: 'Europe/Vienna', dateStyle: 'medium' as const }
  const { description, quantity, detail } = documentLine({ ...texts, isolate: (text) => text }, lineFactsOf(of, 'de'))
  return { description, quantity: quantity.replaceAll(/[\u00a0\u202f]/g, ' '), hasName: detail?.includes('Arbeitsstunden') ?? false }
}

test('a service that was paid once stands by its name and its hours, and says the name once', () => {
  expect(wordsOf(line)).toEqual({ description: 'Arbeitsstunden', quantity: '5 Std.', hasName: false })
})

test('a yearly one is no monthly fee', () => {
  const licence = { ...line.subject, soldAs: 'piece', product: { de: 'Wartungslizenz' }, resource: 'Wartungslizenz' } as const
  const yearly: FinalisedLine = { ...line, kind: 'recurring', subject: licence, billedQuantity: new Decimal(1) }
  expect(wordsOf(yearly)).toMatchObject({ description: 'Wartungslizenz', quantity: '1' })
})

test('of anything else a setup fee is called one', () => {
  const { soldAs: _, ...plan } = line.subject
  expect(wordsOf({ ...line, subject: plan }).description).toBe('Arbeitsstunden, Einrichtung')
})
