import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { postingsOfWriteOff } from './write-off.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const invoice = {
  accountId: 'linde',
  taxes: [{ category: 'S', rate: new Decimal(20), tax: eur(678n) } as const],
  total: eur(4068n),
}
const sides = (postings: ReturnType<typeof postingsOfWriteOff>) => postings.map(({ account, amount }) => [account.code, amount.minor])

test('an invoice nobody paid is a bad debt of its net, and its tax is taken back', () => {
  expect(sides(postingsOfWriteOff({ invoice, open: eur(4068n), isTaxCorrected: true }))).toEqual([
    ['bad-debt', 3390n],
    ['tax-payable.S.20', 678n],
    ['receivable', -4068n],
  ])
})

test('of a partly paid invoice the open share of the tax is taken back', () => {
  expect(sides(postingsOfWriteOff({ invoice, open: eur(1000n), isTaxCorrected: true }))).toEqual([
    ['bad-debt', 833n],
    ['tax-payable.S.20', 167n],
    ['receivable', -1000n],
  ])
})

test('where the state does not give the tax back, it is lost with the rest', () => {
  expect(sides(postingsOfWriteOff({ invoice, open: eur(1000n), isTaxCorrected: false }))).toEqual([
    ['bad-debt', 1000n],
    ['receivable', -1000n],
  ])
})
