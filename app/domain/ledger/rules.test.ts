import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { type Money, money } from '../money/money.ts'
import { bank, clearingOf, receivableFromParent } from './chart.ts'
import { assertBalanced, type PostedInvoice, type Posting, postingsOfInvoice, reversalOf } from './postings.ts'
import {
  postingsOfAllocation,
  postingsOfDeferral,
  postingsOfGatewayPayout,
  postingsOfGivenCredit,
  postingsOfPayment,
  postingsOfPrepaidUse,
  postingsOfRefund,
  postingsOfRounding,
  postingsOfTopUp,
} from './rules.ts'
import {
  postingsOfChildOffset,
  postingsOfChildPayout,
  postingsOfCollected,
  postingsOfParentDocument,
  postingsOfParentOffset,
  postingsOfParentPayment,
  postingsOfParentPayout,
  postingsOfSelfBilled,
} from './settlement-rules.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const accountId = 'linde'
const childAccountId = 'ahorn'
const stripe = clearingOf('stripe')
const vat = (tax: Money) => [{ category: 'S' as const, rate: new Decimal(20), tax }]
const document: PostedInvoice = {
  accountId,
  lines: [
    { feeKind: 'item', net: eur(2000n) },
    { feeKind: 'discount', net: eur(-1000n) },
  ],
  taxes: vat(eur(200n)),
  total: eur(1200n),
}
const purchase = { net: eur(1000n), taxes: vat(eur(200n)), total: eur(1200n) }

/** Per side: account, whose it is, minor units (debit above zero), and the currency where it is not EUR. */
const shown = (postings: readonly Posting[]) =>
  postings.map(({ account, accountId: owner, amount }) =>
    [account.code, owner, amount.minor, amount.currency === 'EUR' ? null : amount.currency].filter((part) => part !== null).join(' '),
  )

test.each<[string, Posting[], string[]]>([
  [
    'an invoice of a thing sold once with a discount',
    postingsOfInvoice(document),
    ['receivable linde 1200', 'revenue.item -2000', 'revenue.discount 1000', 'tax-payable.S.20 -200'],
  ],
  [
    'a credit note takes back what its invoice booked',
    reversalOf(postingsOfInvoice(document)),
    ['receivable linde -1200', 'revenue.item 2000', 'revenue.discount -1000', 'tax-payable.S.20 200'],
  ],
  [
    'a card payment is unapplied until it is allocated',
    postingsOfPayment({ accountId, at: stripe, amount: eur(1200n) }),
    ['clearing.stripe 1200', 'unapplied-cash linde -1200'],
  ],
  [
    'a payment that the parent took',
    postingsOfPayment({ accountId, at: receivableFromParent, amount: eur(1200n) }),
    ['receivable-from-parent 1200', 'unapplied-cash linde -1200'],
  ],
  ['an allocation', postingsOfAllocation({ accountId, amount: eur(900n) }), ['unapplied-cash linde 900', 'receivable linde -900']],
  ['a refund', postingsOfRefund({ accountId, at: stripe, amount: eur(300n) }), ['unapplied-cash linde 300', 'clearing.stripe -300']],
  ['a top-up', postingsOfTopUp({ accountId, amount: eur(5000n) }), ['unapplied-cash linde 5000', 'prepaid-balance linde -5000']],
  ['credit given', postingsOfGivenCredit({ accountId, amount: eur(900n) }), ['revenue.credit 900', 'prepaid-balance linde -900']],
  ['a use of it', postingsOfPrepaidUse({ accountId, amount: eur(1200n) }), ['prepaid-balance linde 1200', 'receivable linde -1200']],
  [
    'a gateway pays out less its fee',
    postingsOfGatewayPayout({ gateway: 'stripe', amount: eur(1200n), fee: eur(43n) }),
    ['bank 1157', 'gateway-fees 43', 'clearing.stripe -1200'],
  ],
  [
    'half a year of a fee in advance is earned later',
    postingsOfDeferral([{ kind: 'recurring', amount: eur(6000n) }]),
    ['revenue.recurring 6000', 'deferred-revenue.recurring -6000'],
  ],
  [
    'a month of it is earned',
    postingsOfDeferral([{ kind: 'recurring', amount: eur(-1000n) }]),
    ['revenue.recurring -1000', 'deferred-revenue.recurring 1000'],
  ],
  ['two cents paid too little', postingsOfRounding({ accountId, amount: eur(2n) }), ['rounding 2', 'receivable linde -2']],
  ['two cents paid too much', postingsOfRounding({ accountId, amount: eur(-2n) }), ['rounding -2', 'receivable linde 2']],
  ['the parent invoices', postingsOfParentDocument(purchase), ['purchases 1000', 'input-tax.S.20 200', 'payable-to-parent -1200']],
  ['the parent is paid', postingsOfParentPayment(eur(1200n)), ['payable-to-parent 1200', 'bank -1200']],
  ['the parent’s claim is offset', postingsOfParentOffset(eur(1200n)), ['payable-to-parent 1200', 'receivable-from-parent -1200']],
  ['the parent pays out', postingsOfParentPayout(eur(1700n)), ['bank 1700', 'receivable-from-parent -1700']],
  [
    'collected for a child, 3 % kept',
    postingsOfCollected({ childAccountId, at: stripe, amount: eur(10000n), financialCharge: eur(300n) }),
    ['clearing.stripe 10000', 'payable-to-child ahorn -9700', 'revenue.financial-charge -300'],
  ],
  [
    'a child’s share by self-billed document',
    postingsOfSelfBilled({ childAccountId, ...purchase }),
    ['purchases 1000', 'input-tax.S.20 200', 'payable-to-child ahorn -1200'],
  ],
  [
    'a child’s invoice is covered by what is held for it',
    postingsOfChildOffset({ childAccountId, amount: eur(8000n) }),
    ['payable-to-child ahorn 8000', 'receivable ahorn -8000'],
  ],
  ['the rest is paid out', postingsOfChildPayout({ childAccountId, amount: eur(1700n) }), ['payable-to-child ahorn 1700', 'bank -1700']],
])('%s', (_, postings, sides) => {
  expect(shown(postings)).toEqual(sides)
})

test.each<[string, () => unknown, string]>([
  ['a payment of nothing', () => postingsOfPayment({ accountId, at: bank, amount: eur(0n) }), 'payment: the amount is above zero'],
  ['a refund below zero', () => postingsOfRefund({ accountId, at: bank, amount: eur(-1n) }), 'refund: the amount is above zero'],
  [
    'a charge above what was collected',
    () => postingsOfCollected({ childAccountId, at: bank, amount: eur(1n), financialCharge: eur(2n) }),
    'collected: the charge is a part of the amount',
  ],
])('%s is refused', (_, book, problem) => {
  expect(book).toThrow(problem)
})

const currency = fc.constantFrom('EUR', 'JPY', 'KWD')
const positive = fc.bigInt(1n, 10n ** 15n)
const parts = fc.record({ code: currency, whole: positive, share: fc.bigInt(0n, 100n) })

test('every rule books sides that cancel out in each currency, none of them nothing, and its reversal takes them back', () => {
  fc.assert(
    fc.property(parts, ({ code, whole, share }) => {
      const amount = money(whole, code)
      const part = money((whole * share) / 100n, code)
      const rest = money(whole - part.minor, code)
      const taxes = vat(part)
      const bought = { net: rest, taxes, total: amount }
      const entries = [
        postingsOfInvoice({ accountId, lines: [{ feeKind: 'usage', net: rest }], taxes, total: amount }),
        postingsOfPayment({ accountId, at: stripe, amount }),
        postingsOfAllocation({ accountId, amount }),
        postingsOfRefund({ accountId, at: stripe, amount }),
        postingsOfTopUp({ accountId, amount }),
        postingsOfGivenCredit({ accountId, amount }),
        postingsOfPrepaidUse({ accountId, amount }),
        postingsOfGatewayPayout({ gateway: 'paypal', amount, fee: part }),
        postingsOfRounding({ accountId, amount }),
        postingsOfDeferral([{ kind: 'renewal', amount }]),
        postingsOfParentDocument(bought),
        postingsOfParentPayment(amount),
        postingsOfParentOffset(amount),
        postingsOfParentPayout(amount),
        postingsOfCollected({ childAccountId, at: stripe, amount, financialCharge: part }),
        postingsOfSelfBilled({ childAccountId, ...bought }),
        postingsOfChildOffset({ childAccountId, amount }),
        postingsOfChildPayout({ childAccountId, amount }),
      ]
      for (const entry of entries) {
        assertBalanced(entry)
        expect(entry.filter((posting) => posting.amount.minor === 0n)).toEqual([])
        expect(entry.length).toBeGreaterThanOrEqual(2)
        expect(reversalOf(reversalOf(entry))).toEqual(entry)
        assertBalanced(reversalOf(entry))
      }
    }),
  )
})
