import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Money, money, sum } from '../money/money.ts'
import { addDays } from '../time/local-date.ts'
import { type DeferredPart, deferredByKind, deferredParts, discountOver, type ServiceLine, takenBack } from './deferral.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const fee = (net: Money, start: string, end: string): ServiceLine => ({ lineId: 'fee', kind: 'recurring', net, days: { start, end } })
const told = (parts: readonly DeferredPart[]) => parts.map(({ month, amount }) => [month, amount.minor])

describe('a fee in advance', () => {
  test('of a year from 15 July leaves to each later month the share of its days', () => {
    // 365.00 over 365 days: one euro a day, 17 of them in July.
    expect(told(deferredParts(fee(eur(36500n), '2026-07-15', '2027-07-15'), '2026-07'))).toEqual([
      ['2026-08', 3100n],
      ['2026-09', 3000n],
      ['2026-10', 3100n],
      ['2026-11', 3000n],
      ['2026-12', 3100n],
      ['2027-01', 3100n],
      ['2027-02', 2800n],
      ['2027-03', 3100n],
      ['2027-04', 3000n],
      ['2027-05', 3100n],
      ['2027-06', 3000n],
      ['2027-07', 1400n],
    ])
  })

  test('from the 15th to the 15th is earned in two months', () => {
    // 17 of 31 days of 10.00 are 5.48, the rest is 4.52.
    expect(told(deferredParts(fee(eur(1000n), '2026-07-15', '2026-08-15'), '2026-07'))).toEqual([['2026-08', 452n]])
  })

  test('of the month of its document, or of an earlier one, is earned at once', () => {
    expect(deferredParts(fee(eur(1900n), '2026-07-01', '2026-08-01'), '2026-07')).toEqual([])
    expect(deferredParts(fee(eur(-950n), '2026-06-16', '2026-07-01'), '2026-07')).toEqual([])
  })

  test('of the month to come is deferred whole when it is invoiced a day early', () => {
    expect(told(deferredParts(fee(eur(1900n), '2026-07-01', '2026-08-01'), '2026-06'))).toEqual([['2026-07', 1900n]])
  })

  test('is earned to the minor unit by its months together', () => {
    const nets = fc.bigInt({ min: -1_000_000n, max: 1_000_000n })
    fc.assert(
      fc.property(nets, fc.integer({ min: 0, max: 800 }), fc.integer({ min: 0, max: 1200 }), (net, from, days) => {
        const start = addDays('2026-01-01', from)
        const all = deferredParts(fee(eur(net), start, addDays(start, days)), '2025-12')
        expect(
          sum(
            'EUR',
            all.map(({ amount }) => amount),
          ),
        ).toEqual(eur(net))
      }),
    )
  })
})

test('a discount is deferred with the lines that it was taken from', () => {
  const july = { lineId: 'discount', kind: 'discount', days: { start: '2026-07-01', end: '2026-08-01' }, taken: eur(-190n) } as const
  const year = { lineId: 'discount', kind: 'discount', days: { start: '2026-07-01', end: '2027-07-01' }, taken: eur(-3650n) } as const
  const lines = discountOver(eur(-3840n), [july, year])
  expect(lines.map(({ net }) => net.minor)).toEqual([-190n, -3650n])
  // 31 of 365 days of 36.50 are July's.
  const total = deferredByKind(lines.flatMap((line) => deferredParts(line, '2026-07')))
  expect(total).toEqual([{ kind: 'discount', amount: eur(-3340n) }])
})

describe('a credit', () => {
  const parts = deferredParts(fee(eur(36500n), '2026-07-15', '2027-07-15'), '2026-07')

  test('of half a fee takes half back of every month to come, and none of those that are earned', () => {
    const taken = takenBack(parts, { credited: eur(18250n), rest: eur(36500n), booked: '2027-04' })
    expect(told(taken)).toEqual([
      ['2027-05', -1550n],
      ['2027-06', -1500n],
      ['2027-07', -700n],
    ])
  })

  test('of the rest takes all that is left, whatever was rounded before', () => {
    const thirds = [eur(12167n), eur(12167n), eur(12166n)]
    let left = parts
    let rest = 36500n
    for (const credited of thirds) {
      const taken = takenBack(left, { credited, rest: eur(rest), booked: '2026-07' })
      left = left.map((part) => {
        const own = taken.find(({ month }) => month === part.month)
        return own ? { ...part, amount: eur(part.amount.minor + own.amount.minor) } : part
      })
      rest -= credited.minor
    }
    expect(left.every(({ amount }) => amount.minor === 0n)).toBe(true)
  })
})
