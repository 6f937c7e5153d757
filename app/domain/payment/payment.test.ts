import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isCurrency } from '../money/currency.ts'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { oldestFirst, openOf, roundingFor, settledStatus } from './allocation.ts'
import { expectedReference, expectedStateOf } from './expected-payment.ts'
import { bookingDayOf, paymentStateOf, unappliedOf } from './payment.ts'
import { postingsOfRecovery } from './recovery.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const used = (allocated: bigint, refunded: bigint) => ({ amount: eur(100n), allocated: eur(allocated), refunded: eur(refunded) })

test.each([
  [0n, 0n, 'unapplied', 100n],
  [40n, 0n, 'partly-applied', 60n],
  [40n, 60n, 'applied', 0n],
  [100n, 0n, 'applied', 0n],
  [0n, 30n, 'unapplied', 70n],
  [0n, 100n, 'returned', 0n],
] as const)('of 100 cents %d are applied and %d went back: %s, %d left', (allocated, refunded, state, left) => {
  expect(paymentStateOf(used(allocated, refunded))).toBe(state)
  expect(unappliedOf(used(allocated, refunded)).minor).toBe(left)
})

test('a payment of a closed month is booked today', () => {
  const facts = { receivedOn: '2026-06-30', today: '2026-07-10' }
  expect(bookingDayOf({ ...facts, lastClosed: null })).toBe('2026-06-30')
  expect(bookingDayOf({ ...facts, lastClosed: '2026-05' })).toBe('2026-06-30')
  expect(bookingDayOf({ ...facts, lastClosed: '2026-06' })).toBe('2026-07-10')
})

test('a difference of up to five minor units is rounded away, a larger one is not', () => {
  expect(roundingFor(eur(95n), eur(100n)).minor).toBe(5n)
  expect(roundingFor(eur(94n), eur(100n)).minor).toBe(0n)
  expect(roundingFor(eur(105n), eur(100n)).minor).toBe(-5n)
})

test('what was given up stays given up until all of it is paid', () => {
  const total = eur(100n)
  expect(settledStatus({ total, paid: eur(40n), isGivenUp: true })).toBe('uncollectible')
  expect(settledStatus({ total, paid: eur(100n), isGivenUp: true })).toBe('paid')
  expect(settledStatus({ total, paid: eur(0n), isGivenUp: false })).toBe('open')
})

test('an announced payment is in time on its day, and overdue after it', () => {
  expect(expectedStateOf({ state: 'awaited', dueOn: '2026-07-10', today: '2026-07-10' })).toBe('awaited')
  expect(expectedStateOf({ state: 'awaited', dueOn: '2026-07-10', today: '2026-07-11' })).toBe('overdue')
  expect(expectedStateOf({ state: 'received', dueOn: '2026-07-10', today: '2026-07-11' })).toBe('received')
})

test('the reference of an announcement has check digits and nothing that can be guessed', () => {
  expect(expectedReference('01981b1e-0000-4000-8000-0123456789ab')).toMatch(/^RF\d\dP0123456789AB$/)
})

type Recovering = { readonly net: bigint; readonly parts: readonly bigint[]; readonly isTaxCorrected: boolean }

/** Pays an invoice that was given up in `parts`, then the rest: what is booked, by account, with the invoice's sums. */
function recoverAll({ net, parts, isTaxCorrected }: Recovering) {
  const tax = eur((net * 19n) / 100n)
  const total = eur(net + tax.minor)
  const invoice = { accountId: 'a', taxes: [{ category: 'S' as const, rate: new Decimal(19), tax }], total }
  const shares = oldestPaid(total.minor, parts)
  const postings = shares.flatMap(({ paid, recovered }) =>
    postingsOfRecovery({ invoice, givenUp: openOf({ total, paid: eur(paid) }), recovered: eur(recovered), isTaxCorrected }),
  )
  const of = (code: string) => postings.filter(({ account }) => account.code === code).reduce((sum, { amount }) => sum + amount.minor, 0n)
  return { of, tax: tax.minor, total: total.minor }
}

/** `parts` of a total as they are paid one after the other, the rest last; nothing beyond it. */
function oldestPaid(total: bigint, parts: readonly bigint[]): { paid: bigint; recovered: bigint }[] {
  let paid = 0n
  return [...parts, total].flatMap((part) => {
    const recovered = part < total - paid ? part : total - paid
    const before = paid
    paid += recovered
    return recovered > 0n ? [{ paid: before, recovered }] : []
  })
}

describe('properties', () => {
  const documents = fc.array(fc.record({ open: fc.bigInt({ min: 0n, max: 10_000n }), day: fc.integer({ min: 10, max: 28 }) }), {
    maxLength: 20,
  })
  const minors = fc.bigInt({ min: 0n, max: 100_000n })

  test.each(['EUR', 'JPY', 'KWD'])('in %s the oldest documents are settled first, and never more than there is', (currency) => {
    expect(isCurrency(currency)).toBe(true)
    fc.assert(
      fc.property(documents, minors, (drawn, available) => {
        const rows = drawn.map(({ open, day }, place) => ({
          id: `${place}`,
          number: `N-${String(place).padStart(3, '0')}`,
          dueDate: `2026-07-${day}`,
          open: money(open, currency),
        }))
        const shares = new Map(oldestFirst(money(available, currency), rows).map(({ id, amount }) => [id, amount.minor]))
        const given = [...shares.values()].reduce((total, minor) => total + minor, 0n)
        const owed = drawn.reduce((total, { open }) => total + open, 0n)
        expect(given).toBe(owed < available ? owed : available)
        const sorted = rows.toSorted((a, b) => a.dueDate.localeCompare(b.dueDate) || a.number.localeCompare(b.number))
        const partly = sorted.findIndex(({ id, open }) => (shares.get(id) ?? 0n) < open.minor)
        if (partly >= 0) for (const { id } of sorted.slice(partly + 1)) expect(shares.get(id) ?? 0n).toBe(0n)
      }),
    )
  })

  test('recoveries of what was given up bring back exactly the write-off, in whatever parts they come', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 2n, max: 50_000n }),
        fc.array(fc.bigInt({ min: 1n, max: 20_000n }), { maxLength: 6 }),
        fc.boolean(),
        (net, parts, isTaxCorrected) => {
          const booked = recoverAll({ net, parts, isTaxCorrected })
          expect(booked.of('receivable')).toBe(booked.total)
          expect(booked.of('bad-debt')).toBe(-(isTaxCorrected ? net : booked.total))
          expect(booked.of('tax-payable.S.19')).toBe(isTaxCorrected ? -booked.tax : 0n)
        },
      ),
    )
  })
})
