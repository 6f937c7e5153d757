import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { hasPoolRoom } from './bulk.ts'
import { financialChargeOn, settleBillingDay } from './delegated.ts'
import { PayoutRule, shareOf } from './payout-rule.ts'
import { payableOf, shareOfPaid } from './share-of-paid.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const d = (text: string) => new Decimal(text)
const twentyPercent = { setup: d('20'), recurring: d('20'), usage: d('20'), overage: d('20') }

test('of 100.00 that a customer paid, 80.00 is payable at 20 % off, and 20.00 stays', () => {
  const full = payableOf([{ scope: 'recurring', net: d('100') }], twentyPercent)
  expect(shareOfPaid(full, { before: eur(0n), after: eur(10000n), total: eur(10000n) })).toEqual(eur(8000n))
})

test('60.00 of an invoice of 120.00 with tax are 50.00 net, and 40.00 is payable', () => {
  const full = payableOf([{ scope: 'recurring', net: d('100') }], twentyPercent)
  const half = { before: eur(0n), after: eur(6000n), total: eur(12000n) }
  expect(shareOfPaid(d('100'), half)).toEqual(eur(5000n))
  expect(shareOfPaid(full, half)).toEqual(eur(4000n))
})

test('a chargeback takes its share back', () => {
  const back = { before: eur(12000n), after: eur(6000n), total: eur(12000n) }
  expect(shareOfPaid(d('80'), back)).toEqual(eur(-4000n))
})

test('each scope has its own discount', () => {
  const discounts = { setup: d('10'), recurring: d('20'), usage: d('0'), overage: d('50') }
  const parts = [
    { scope: 'setup' as const, net: d('10') },
    { scope: 'recurring' as const, net: d('100') },
    { scope: 'usage' as const, net: d('7') },
    { scope: 'overage' as const, net: d('8') },
  ]
  expect(payableOf(parts, discounts).toFixed(2)).toBe('100.00')
})

test('on the billing date an invoice of 80.00 is covered by 97.00, and 17.00 is paid out', () => {
  const held = eur(10000n - financialChargeOn(eur(10000n), d('3')).minor)
  expect(held).toEqual(eur(9700n))
  expect(settleBillingDay({ purchases: eur(7000n), partnerFee: eur(1000n), held })).toEqual({
    invoice: eur(8000n),
    offset: eur(8000n),
    open: eur(0n),
    payout: eur(1700n),
  })
})

test('money that does not cover the invoice leaves the rest open and pays nothing out', () => {
  const day = settleBillingDay({ purchases: eur(7000n), partnerFee: eur(1000n), held: eur(3000n) })
  expect(day).toEqual({ invoice: eur(8000n), offset: eur(3000n), open: eur(5000n), payout: eur(0n) })
})

test.each([
  [{ kind: 'fixed', fixed: '5' }, '5.00'],
  [{ kind: 'difference' }, '30.00'],
  [{ kind: 'percent', percent: '20' }, '20.00'],
  [{ kind: 'percent-of-difference', percent: '50' }, '15.00'],
  [{ kind: 'parent-percent-and-fixed', percent: '20', fixed: '5' }, '75.00'],
  [{ kind: 'parent-percent-of-price', percent: '80' }, '44.00'],
  [{ kind: 'child-percent-and-fixed', percent: '20', fixed: '5' }, '25.00'],
])('of a sale of 100.00 at a price of 70.00, %j is %s', (stored, expected) => {
  const share = shareOf(PayoutRule.parse(stored), { sell: d('100'), buy: d('70'), productCode: null })
  expect(share.ok && share.value.toFixed(2)).toBe(expected)
})

test('a product may have a rule of its own; the others follow the rule for all', () => {
  const rule = PayoutRule.parse({
    kind: 'per-product',
    byProduct: { 'web-1': { kind: 'fixed', fixed: '5' } },
    otherwise: { kind: 'percent', percent: '20' },
  })
  const line = { sell: d('100'), buy: null }
  expect(shareOf(rule, { ...line, productCode: 'web-1' })).toEqual({ ok: true, value: d('5') })
  expect(shareOf(rule, { ...line, productCode: 'web-2' })).toEqual({ ok: true, value: d('20') })
  expect(shareOf(rule, { ...line, productCode: null })).toEqual({ ok: true, value: d('20') })
})

test('what was sold below the parent’s price is a debit', () => {
  const share = shareOf({ kind: 'difference' }, { sell: d('60'), buy: d('70'), productCode: null })
  expect(share).toEqual({ ok: true, value: d('-10') })
})

test('a rule over the difference asks for the parent’s price', () => {
  expect(shareOf({ kind: 'difference' }, { sell: d('60'), buy: null, productCode: null })).toEqual({ ok: false, error: 'no-buy-price' })
})

test('with a hard cap the 101st unit is refused; without one it is overage', () => {
  const full = { size: d('100'), used: d('100'), asked: d('1') }
  expect(hasPoolRoom({ ...full, hardCap: true })).toBe(false)
  expect(hasPoolRoom({ ...full, hardCap: false })).toBe(true)
  expect(hasPoolRoom({ ...full, used: d('99'), hardCap: true })).toBe(true)
})
