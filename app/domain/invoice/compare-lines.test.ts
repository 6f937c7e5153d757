import { describe, expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { compareLines } from './compare-lines.ts'
import type { FinalisedLine } from './finalised-invoice.ts'

const line = (product: string, net: bigint, facts: Partial<FinalisedLine> = {}): FinalisedLine => ({
  id: `${product}-${net}`,
  sectionAccountId: 'payer',
  kind: 'recurring',
  subject: { section: 'Linde', product: { en: product }, meter: null, resource: 'linde-01', resources: 1, billingPeriod: '2026-06-01' },
  quantity: new Decimal(1),
  unit: 'month',
  includedQuantity: new Decimal(0),
  billedQuantity: new Decimal(1),
  unitPrice: new Decimal(1),
  net: money(net, 'EUR'),
  taxCategory: 'S',
  taxRate: new Decimal(20),
  period: { start: new Date('2026-06-01T00:00:00Z'), end: new Date('2026-07-01T00:00:00Z') },
  ...facts,
})

const compared = (before: readonly FinalisedLine[], now: readonly FinalisedLine[], changedPercent = 30) =>
  compareLines({ before, now, currency: 'EUR', changedPercent }).map((row) => {
    return `${row.change} ${row.line.subject.product?.en} ${row.difference.minor} ${row.percent?.toFixed() ?? '-'}`
  })

describe('two invoices of a contract', () => {
  test('name what is new, what is gone and what changed by more than the limit, in that order', () => {
    const before = [line('Web 1', 2490n), line('Backup', 1200n), line('MySQL', 600n), line('Mail', 1000n)]
    const now = [line('Web 1', 2490n), line('MySQL', 900n), line('Mail', 1300n), line('Care', 4900n)]
    expect(compared(before, now)).toEqual([
      'new Care 4900 -',
      'gone Backup -1200 -100',
      'changed MySQL 300 50',
      'same Web 1 0 0',
      'same Mail 300 30',
    ])
  })

  test('add up what stands in several lines, and keep the users of a contract apart', () => {
    const before = [line('Web 1', 1000n), line('Web 1', 490n), line('Web 1', 500n, { sectionAccountId: 'sales' })]
    const now = [line('Web 1', 1490n), line('Web 1', 700n, { sectionAccountId: 'sales' })]
    expect(compared(before, now)).toEqual(['changed Web 1 200 40', 'same Web 1 0 0'])
  })

  test('take a line that came to nothing before as changed as soon as it comes to something', () => {
    expect(compared([line('nginx', 0n)], [line('nginx', 1n)])).toEqual(['changed nginx 1 -'])
  })
})
