import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { postingsOfInvoice } from '../ledger/postings.ts'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { coupon, discount } from '../promo/discount.fixture.ts'
import type { Discount } from '../promo/discount.ts'
import { discountQuote } from '../promo/discount-quote.ts'
import { buildInvoice, type InvoiceDraft } from './build-invoice.ts'
import { billableItem, invoiceInput, trafficItem } from './invoice.fixture.ts'

const build = (changes: Parameters<typeof invoiceInput>[0]): InvoiceDraft => {
  const draft = buildInvoice(invoiceInput(changes))
  if (!draft.ok) throw new Error(draft.error)
  return draft.value
}
const totals = (draft: InvoiceDraft) => [draft.net.minor, draft.tax.minor, draft.total.minor]
const fee = (key: string, amount: string, changes: Parameters<typeof billableItem>[0] = {}) =>
  billableItem({ key, unitPrice: new Decimal(amount), amount: new Decimal(amount), ...changes })
const german = { country: 'DE', isRegistered: true }
const germanBuyer = { country: 'DE', isBusiness: true, hasValidVatId: true }

describe('an enterprise with 10 % off recurring fees', () => {
  const draft = build({
    items: [
      fee('r1', '360.00', { accountId: 'research' }),
      fee('r2', '60.00', { accountId: 'research' }),
      fee('s1', '79.00', { accountId: 'sales' }),
      fee('i1', '38.00', { accountId: 'it' }),
      trafficItem({ quantity: '240', included: '200', unitPrice: '0.12' }, { accountId: 'it' }),
    ],
    sectionOrder: ['research', 'sales', 'it'],
    seller: german,
    buyer: germanBuyer,
    discounts: [discount()],
  })

  test('has a discount line in each section, below what it is taken from', () =>
    expect(draft.lines.map((line) => `${line.sectionAccountId} ${line.kind} ${line.amount.minor}`)).toEqual([
      'research recurring 36000',
      'research recurring 6000',
      'research discount -4200',
      'sales recurring 7900',
      'sales discount -790',
      'it recurring 3800',
      'it usage 480',
      'it discount -380',
    ]))
  test('pays 378.00, 71.10 and 39.00: 488.10 net, 92.74 tax, 580.84', () => {
    expect(draft.sections.map((section) => section.net.minor)).toEqual([37800n, 7110n, 3900n])
    expect(totals(draft)).toEqual([48810n, 9274n, 58084n])
  })
  test('has the discount in the books on an account of its own', () =>
    expect(postingsOfInvoice(draft).map(({ account, amount }) => `${account.code} ${amount.minor}`)).toEqual([
      'receivable 58084',
      'revenue.recurring -53700',
      'revenue.usage -480',
      'revenue.discount 5370',
      'tax-payable.S.19 -9274',
    ]))
})

test('a first order with WEEKEND10 is 105.90 net, 127.08 with tax', () => {
  const items = [fee('setup', '15.00', { feeKind: 'setup', unit: 'piece' }), fee('web-2', '95.00'), fee('mysql', '6.00')]
  const draft = build({ items, discounts: [discount()] })
  expect(draft.lines.at(-1)).toMatchObject({
    kind: 'discount',
    amount: money(-1010n, 'EUR'),
    discount: { order: 1, base: money(10100n, 'EUR') },
  })
  expect(totals(draft)).toEqual([10590n, 2118n, 12708n])
})

describe('a fixed coupon', () => {
  const at = (rate: number) => ({ category: 'S', rate: new Decimal(rate), reason: 'domestic' }) as const

  test('over two tax rates is one line per rate', () => {
    const items = [fee('a', '60.00', { treatment: at(19) }), fee('b', '40.00', { treatment: at(7) })]
    const draft = build({ items, discounts: [coupon(1001n)] })
    expect(draft.taxes.map((tax) => `${tax.rate} ${tax.base.minor} ${tax.tax.minor}`)).toEqual(['19 5399 1026', '7 3600 252'])
    expect(draft.lines.filter((line) => line.kind === 'discount').map((line) => line.net.minor)).toEqual([-601n, -400n])
  })
  test('leaves an invoice over nothing and says what carries over', () => {
    const draft = build({ discounts: [coupon(5000n)] })
    expect(totals(draft)).toEqual([0n, 0n, 0n])
    expect(draft.lines.at(-1)?.discount?.left).toEqual(money(2510n, 'EUR'))
  })
  test('in another currency is a line of nothing that says so', () => {
    const draft = build({ discounts: [coupon(5000n, 'USD')] })
    expect(totals(draft)).toEqual([2490n, 498n, 2988n])
    expect(draft.lines.at(-1)).toMatchObject({ kind: 'discount', amount: money(0n, 'EUR'), discount: { refusal: 'other-currency' } })
  })
  test('keeps prices that include tax exact', () => {
    const contract = { ...invoiceInput().contract, taxBehaviour: 'inclusive' as const }
    const draft = build({ contract, items: [fee('a', '119.00')], seller: german, buyer: germanBuyer, discounts: [coupon(1900n)] })
    expect(totals(draft)).toEqual([8403n, 1597n, 10000n])
  })
})

test('a discount of one product group leaves the others alone', () => {
  const draft = build({
    items: [fee('a', '10.00', { productId: 'server' }), fee('b', '10.00', { productId: 'backup' })],
    discounts: [discount({ productGroups: ['storage'] })],
    productGroups: new Map([['backup', 'storage']]),
  })
  expect(draft.net.minor).toBe(1900n)
})

test('what is bought now costs on the invoice what the quote said, for any basket and discounts', () => {
  const scopes = ['setup', 'recurring'] as const
  const fees = fc.array(fc.record({ minor: fc.bigInt(0n, 100_000n), feeKind: fc.constantFrom(...scopes) }), { minLength: 1, maxLength: 6 })
  const offers = fc.array(
    fc.record({ percent: fc.integer({ min: 0, max: 100 }), minor: fc.option(fc.bigInt(1n, 5_000n)), scope: fc.constantFrom(...scopes) }),
    {
      maxLength: 4,
    },
  )
  fc.assert(
    fc.property(fees, offers, (basket, promised) => {
      const discounts: Discount[] = promised.map(({ percent, minor, scope }, at) =>
        minor === null
          ? discount({ id: `discount-${at}`, scopes: [scope], value: { method: 'percent', percent: new Decimal(percent) } })
          : coupon(minor, 'EUR', { id: `discount-${at}`, scopes: [scope] }),
      )
      const items = basket.map(({ minor, feeKind }, at) =>
        fee(`${String(at).padStart(4, '0')}:${feeKind}`, new Decimal(minor.toString()).div(100).toFixed(2), { feeKind }),
      )
      const draft = build({ items, discounts })
      const total = basket.reduce((whole, { minor }) => whole + minor, 0n)
      const quote = discountQuote({
        quote: {
          fees: basket.map(({ minor, feeKind }) => ({ feeKind, amount: money(minor, 'EUR'), productGroup: null })),
          treatment: { category: 'S', rate: new Decimal(20), reason: 'domestic' },
          orderNet: money(total, 'EUR'),
        },
        accountId: 'account-linde',
        discounts,
        at: billableItem().periodStart,
        on: '2026-06-01',
      })
      expect([quote.orderNet, quote.orderTax, quote.orderTotal]).toEqual([draft.net, draft.tax, draft.total])
      expect(quote.steps.map((step) => step.amount)).toEqual(draft.discounts.map((step) => step.amount))
    }),
    { numRuns: 200 },
  )
})
