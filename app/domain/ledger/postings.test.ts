import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { assertBalanced, imbalanceOf, type PostedInvoice, postingsOfInvoice, reversalOf } from './postings.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const invoice: PostedInvoice = {
  accountId: 'account-1',
  lines: [
    { feeKind: 'setup', net: eur(1500n) },
    { feeKind: 'recurring', net: eur(2490n) },
    { feeKind: 'usage', net: eur(900n) },
    { feeKind: 'usage', net: eur(-100n) },
  ],
  taxes: [{ category: 'S', rate: new Decimal(20), tax: eur(958n) }],
  total: eur(5748n),
}
const shown = (postings: ReturnType<typeof postingsOfInvoice>) =>
  postings.map((posting) => `${posting.account.code} ${posting.amount.minor}`)

test('an invoice debits the buyer with the total and credits revenue by kind and tax by rate', () => {
  expect(shown(postingsOfInvoice(invoice))).toEqual([
    'receivable 5748',
    'revenue.setup -1500',
    'revenue.recurring -2490',
    'revenue.usage -800',
    'tax-payable.S.20 -958',
  ])
})

test('sides of nothing are not posted, an invoice over nothing not at all', () => {
  expect(
    postingsOfInvoice({
      accountId: 'account-1',
      lines: [{ feeKind: 'usage', net: eur(0n) }],
      taxes: [{ category: 'O', rate: new Decimal(0), tax: eur(0n) }],
      total: eur(0n),
    }),
  ).toEqual([])
})

test('an invoice that does not add up is never posted', () => {
  expect(() => postingsOfInvoice({ ...invoice, total: eur(5749n) })).toThrow('postings differ by 1 EUR')
})

test('an entry and its reversal are nothing, each balanced by itself', () => {
  const postings = postingsOfInvoice(invoice)
  const reversal = reversalOf(postings)
  assertBalanced(reversal)
  expect(shown(reversal)[0]).toBe('receivable -5748')
})

test('currencies balance each by itself', () => {
  expect(imbalanceOf([eur(100n), money(-100n, 'CHF')])).toEqual([eur(100n), money(-100n, 'CHF')])
  expect(imbalanceOf([eur(100n), eur(-100n), money(0n, 'CHF')])).toEqual([])
})
