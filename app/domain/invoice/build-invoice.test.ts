import { describe, expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import type { BillableItem } from './billable-item.ts'
import { buildInvoice, type InvoiceDraft } from './build-invoice.ts'
import { billableItem, invoiceInput, trafficItem } from './invoice.fixture.ts'

const build = (changes: Parameters<typeof invoiceInput>[0]): InvoiceDraft => {
  const draft = buildInvoice(invoiceInput(changes))
  if (!draft.ok) throw new Error(draft.error)
  return draft.value
}
const totals = (draft: InvoiceDraft) => [draft.net.minor, draft.tax.minor, draft.total.minor]
const setup = billableItem({
  key: 'setup:subscription-1:web-1',
  feeKind: 'setup',
  unit: 'piece',
  unitPrice: new Decimal(15),
  amount: new Decimal(15),
})
const overage = trafficItem({ quantity: '160', included: '100', unitPrice: '0.15' })
const amountOf = (key: string, amount: string, changes: Partial<BillableItem> = {}) =>
  billableItem({ key, unitPrice: new Decimal(amount), amount: new Decimal(amount), ...changes })

describe('the documents of a partner that is enrolled', () => {
  test('setup and first month are 39.90 net, 47.88 with tax', () =>
    expect(totals(build({ items: [setup, billableItem()] }))).toEqual([3990n, 798n, 4788n]))
  test('July in advance and 60 GB of overage are 33.90 net, 40.68 with tax', () =>
    expect(totals(build({ items: [billableItem(), overage] }))).toEqual([3390n, 678n, 4068n]))
  test('the parent in Germany charges 29.96 without tax', () => {
    const items = [
      amountOf('a', '9.00', { feeKind: 'setup' }),
      amountOf('b', '15.20'),
      trafficItem({ quantity: '160', included: '100', unitPrice: '0.096' }),
    ]
    const draft = build({ items, seller: { country: 'DE', isRegistered: true } })
    expect(totals(draft)).toEqual([2996n, 0n, 2996n])
    expect(draft.taxes.map((tax) => [tax.category, tax.reason])).toEqual([['AE', 'reverse-charge-eu']])
  })
})

describe('an enterprise with departments', () => {
  const item = (accountId: string, key: string, amount: string) =>
    amountOf(`${accountId} ${key}`, amount, { accountId, subscriptionId: key })
  const items = [
    item('it', 'web', '34.20'),
    item('it', 'traffic', '4.80'),
    item('sales', 'web', '71.10'),
    item('research', 'fees', '324'),
    item('research', 'later', '54'),
  ]
  const draft = build({
    items,
    sectionOrder: ['research', 'sales', 'it'],
    seller: { country: 'DE', isRegistered: true },
    buyer: { country: 'DE', isBusiness: true, hasValidVatId: true },
  })

  test('gets one invoice with a section for each', () => {
    expect(draft.sections.map((section) => `${section.accountId} ${section.net.minor}`)).toEqual([
      'research 37800',
      'sales 7110',
      'it 3900',
    ])
    expect(draft.lines.map((line) => line.position)).toEqual([1, 2, 3, 4, 5])
  })
  test('pays 488.10 net, 92.74 tax, 580.84', () => expect(totals(draft)).toEqual([48810n, 9274n, 58084n]))
})

describe('rounding', () => {
  test('1,000 charges of 0.00004 on one line are 0.04', () => {
    const item = trafficItem({ quantity: '1000', included: '0', unitPrice: '0.00004' }, { currency: 'USD', charges: 1000 })
    const contract = { ...invoiceInput().contract, currency: 'USD' }
    expect(build({ items: [item], contract }).lines[0]?.amount).toEqual(money(4n, 'USD'))
  })
  test('what storage cut off the charges does not take half a cent', () => {
    const item = trafficItem({ quantity: '1', included: '0', unitPrice: '0.005' }, { charges: 3, amount: new Decimal('0.004999999999') })
    expect(build({ items: [item] }).lines[0]?.amount.minor).toBe(1n)
  })
  test('a prorated fee is its amount, not quantity times price', () => {
    expect(build({ items: [billableItem({ amount: new Decimal('12.45') })] }).net.minor).toBe(1245n)
  })
  test('three lines of 7.77 at 19 % and one of 1.11 at 7 % come to 28.93', () => {
    const at = (rate: number) => ({ category: 'S', rate: new Decimal(rate), reason: 'domestic' }) as const
    const items = [1, 2, 3].map((index) => amountOf(`line ${index}`, '7.77', { treatment: at(19) }))
    const draft = build({ items: [...items, amountOf('line 4', '1.11', { treatment: at(7) })] })
    expect(draft.taxes.map((tax) => tax.tax.minor)).toEqual([443n, 8n])
    expect(draft.total.minor).toBe(2893n)
  })
  test('prices that include tax keep their gross', () => {
    const contract = { ...invoiceInput().contract, taxBehaviour: 'inclusive' as const }
    const draft = build({
      contract,
      items: [amountOf('a', '19.95'), amountOf('b', '29.95')],
      seller: { country: 'NL', isRegistered: true },
      buyer: { country: 'NL', isBusiness: false, hasValidVatId: false },
    })
    expect(totals(draft)).toEqual([4124n, 866n, 4990n])
    expect(draft.lines.map((line) => [line.amount.minor, line.net.minor])).toEqual([
      [1995n, 1649n],
      [2995n, 2475n],
    ])
  })
})

describe('the price of one unit on a line', () => {
  const traffic = { quantity: '190', included: '100', unitPrice: '0.20' }
  const priceOf = (item: BillableItem) => build({ items: [item] }).lines[0]?.unitPrice.toFixed()

  test('is the price, where each unit costs it', () => expect(priceOf(trafficItem(traffic))).toBe('0.2'))
  test('is what a unit came to under a cap, in packages and at the tier reached', () => {
    expect(priceOf(trafficItem(traffic, { amount: new Decimal('15') }))).toBe('0.16666667')
    expect(priceOf(trafficItem(traffic, { amount: new Decimal('27') }))).toBe('0.3')
  })
  test('stays the price of a fee that is prorated, and of a correction that turns round', () => {
    expect(priceOf(billableItem({ amount: new Decimal('12.45') }))).toBe('24.9')
    const turned = { amount: new Decimal('-5'), shownBefore: { amount: new Decimal(20), shown: money(2000n, 'EUR') } }
    expect(build({ items: [setup, trafficItem(traffic, turned)] }).lines.map(({ unitPrice }) => unitPrice.toFixed())).toContain('0.2')
  })
})

describe('corrections', () => {
  const before = { amount: new Decimal('3.735'), shown: money(374n, 'EUR') }

  test('bill the rounded new amount less what was shown, not the rounded difference', () => {
    const late = trafficItem({ quantity: '12', included: '0', unitPrice: '0.01' }, { shownBefore: before })
    const [line] = build({ items: [billableItem(), late] }).lines.filter((one) => one.kind === 'correction')
    expect([line?.amount.minor, line?.feeKind]).toEqual([12n, 'usage'])
  })
  test('that change nothing are settled without a line', () => {
    const nothing = trafficItem({ quantity: '0.1', included: '0', unitPrice: '0.01' }, { shownBefore: before })
    expect(build({ items: [billableItem(), nothing] }).silentKeys).toEqual([nothing.key])
  })
  test('keep the rate of the invoice they correct', () => {
    const treatment = { category: 'S', rate: new Decimal(16), reason: 'domestic' } as const
    const draft = build({
      items: [
        billableItem(),
        trafficItem(
          { quantity: '100', included: '0', unitPrice: '0.10' },
          { shownBefore: { amount: new Decimal(0), shown: money(0n, 'EUR') }, treatment },
        ),
      ],
    })
    expect(draft.taxes.map((tax) => `${tax.rate} ${tax.tax.minor}`)).toEqual(['20 498', '16 160'])
  })
})

describe('lines of nothing', () => {
  test('a free app is shown at 0.00', () => expect(build({ items: [amountOf('free', '0')] }).lines[0]?.amount.minor).toBe(0n))
  test('usage inside its allowance is shown, measured and included', () => {
    const [line] = build({ items: [trafficItem({ quantity: '80', included: '100', unitPrice: '0.15' })] }).lines
    expect([line?.quantity, line?.includedQuantity, line?.billedQuantity].map(String)).toEqual(['80', '80', '0'])
  })
  test('usage of nothing is not', () =>
    expect(buildInvoice(invoiceInput({ items: [trafficItem({ quantity: '0', included: '100', unitPrice: '0.15' })] }))).toEqual({
      ok: false,
      error: 'nothing-to-bill',
    }))
})

describe('no invoice is made', () => {
  test('of nothing', () => expect(buildInvoice(invoiceInput({ items: [] }))).toEqual({ ok: false, error: 'nothing-to-bill' }))
  test('over less than nothing', () =>
    expect(buildInvoice(invoiceInput({ items: [amountOf('credit', '-5')] }))).toEqual({ ok: false, error: 'negative-total' }))
  test('at a rate nobody knows', () =>
    expect(
      buildInvoice(
        invoiceInput({
          seller: { country: 'JP', isRegistered: true },
          buyer: { country: 'JP', isBusiness: true, hasValidVatId: false },
        }),
      ),
    ).toEqual({ ok: false, error: 'no-tax-rate' }))
  test('across currencies', () =>
    expect(() => buildInvoice(invoiceInput({ items: [billableItem({ currency: 'CHF' })] }))).toThrow('in CHF, the contract in EUR'))
  test('with the same thing twice', () =>
    expect(() => buildInvoice(invoiceInput({ items: [billableItem(), billableItem()] }))).toThrow('comes twice'))
})

test('an invoice is due after the days the contract gives', () => {
  expect(build({}).dueDate).toBe('2026-07-15')
})
