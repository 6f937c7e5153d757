import fc from 'fast-check'
import { expect, test } from 'vitest'
import { postingsOfInvoice } from '../ledger/postings.ts'
import { Decimal } from '../money/decimal.ts'
import { fromDecimal, money, sum } from '../money/money.ts'
import type { FeeKind } from '../pricing/price-rule.ts'
import type { BillableItem } from './billable-item.ts'
import { buildInvoice } from './build-invoice.ts'
import { billableItem, invoiceInput } from './invoice.fixture.ts'

const currency = fc.constantFrom('EUR', 'JPY', 'KWD')
const facts = fc.record({
  amount: fc.bigInt(-(10n ** 6n), 10n ** 9n),
  places: fc.integer({ min: 0, max: 6 }),
  rate: fc.constantFrom('0', '7', '8.1', '19', '25.5'),
  feeKind: fc.constantFrom<FeeKind>('setup', 'recurring', 'usage'),
  accountId: fc.constantFrom('account-linde', 'sales', 'it'),
})
const behaviour = fc.constantFrom('inclusive' as const, 'exclusive' as const)

function toItem(
  fact: { amount: bigint; places: number; rate: string; feeKind: FeeKind; accountId: string },
  key: number,
  code: string,
): BillableItem {
  const amount = new Decimal(fact.amount.toString()).div(new Decimal(10).pow(fact.places))
  const { feeKind, accountId } = fact
  return billableItem({
    key: `item-${key}`,
    amount,
    unitPrice: amount,
    currency: code,
    feeKind,
    accountId,
    treatment: { category: 'S', rate: new Decimal(fact.rate), reason: 'domestic' },
  })
}

const invoices = fc.tuple(fc.array(facts, { minLength: 1, maxLength: 15 }), currency, behaviour).map(([list, code, taxBehaviour]) =>
  invoiceInput({
    items: list.map((fact, key) => toItem(fact, key, code)),
    contract: { ...invoiceInput().contract, currency: code, taxBehaviour },
  }),
)

test('every total is the sum of its lines and of the tax of each rate, and can be posted', () => {
  fc.assert(
    fc.property(invoices, (input) => {
      const draft = buildInvoice(input)
      if (!draft.ok) {
        expect(['nothing-to-bill', 'negative-total']).toContain(draft.error)
        return
      }
      const { lines, taxes, net, tax, total, currency: code } = draft.value
      expect(
        sum(
          code,
          lines.map((line) => line.net),
        ),
      ).toEqual(net)
      expect(
        sum(
          code,
          taxes.map((line) => line.tax),
        ),
      ).toEqual(tax)
      expect(total.minor).toBe(net.minor + tax.minor)
      if (input.contract.taxBehaviour === 'inclusive')
        expect(total).toEqual(
          sum(
            code,
            lines.map((line) => line.amount),
          ),
        )
      expect(postingsOfInvoice(draft.value).reduce((balance, posting) => balance + posting.amount.minor, 0n)).toBe(0n)
    }),
    { numRuns: 200 },
  )
})

test('the order of items changes no line and no total', () => {
  fc.assert(
    fc.property(invoices, (input) => {
      expect(buildInvoice({ ...input, items: input.items.toReversed() })).toEqual(buildInvoice(input))
    }),
    { numRuns: 100 },
  )
})

test('billing in one run or in two gives the same total', () => {
  const part = fc.bigInt(0n, 10n ** 9n).map((value) => new Decimal(value.toString()).div(1_000_000))
  fc.assert(
    fc.property(part, part, currency, (a, b, code) => {
      const lineOf = (item: BillableItem) => {
        const draft = buildInvoice(invoiceInput({ items: [item], contract: { ...invoiceInput().contract, currency: code } }))
        return draft.ok ? draft.value.net.minor : 0n
      }
      const item = (amount: Decimal) => billableItem({ amount, unitPrice: amount, currency: code })
      const first = lineOf(item(a))
      const second = lineOf({ ...item(b), shownBefore: { amount: a, shown: money(first, code) } })
      expect(first + second).toBe(fromDecimal(a.plus(b), code).minor)
    }),
  )
})
