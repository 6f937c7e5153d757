import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { billingMonthAt } from '../time/billing-month.ts'
import { type ProrationPolicy, prorate } from './prorate.ts'

const month = fc
  .record({
    zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Pacific/Auckland', 'Australia/Lord_Howe', 'Asia/Kolkata'),
    at: fc.date({ min: new Date('2024-01-01T00:00:00Z'), max: new Date('2029-01-01T00:00:00Z'), noInvalidDate: true }),
    anchorDay: fc.integer({ min: 1, max: 31 }),
  })
  .map(({ zone, at, anchorDay }) => ({ zone, cycle: billingMonthAt({ zone, anchorDay }, at) }))
const price = fc.bigInt(-(10n ** 9n), 10n ** 9n).map((value) => new Decimal(value.toString()).div(10_000))
const policy = fc.constantFrom<ProrationPolicy>('day', 'second')
/** Shares of the month, in thousandths, at which a plan changes. */
const changes = fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { minLength: 1, maxLength: 6 }).map((cuts) => cuts.sort((a, b) => a - b))

function pieces(cycle: { start: Date; end: Date }, cuts: readonly number[]) {
  const length = cycle.end.getTime() - cycle.start.getTime()
  const instants = [0, ...cuts, 1000].map((cut) => new Date(cycle.start.getTime() + Math.floor((length * cut) / 1000)))
  return instants.slice(0, -1).map((start, index) => ({ start, end: instants[index + 1] ?? cycle.end }))
}

test('the parts of a period cost together exactly what the whole costs', () => {
  fc.assert(
    fc.property(month, price, policy, changes, ({ zone, cycle }, amount, by, cuts) => {
      const parts = pieces(cycle, cuts).map((used) => prorate(amount, { policy: by, cycle, used, zone }))
      expect(parts.reduce((total, part) => total.plus(part), new Decimal(0)).eq(amount)).toBe(true)
    }),
  )
})

test('a chain of up- and downgrades never returns more than was paid', () => {
  const prices = fc.array(fc.bigInt(0n, 10n ** 7n), { minLength: 7, maxLength: 7 })
  fc.assert(
    fc.property(month, policy, changes, prices, ({ zone, cycle }, by, cuts, list) => {
      const spans = pieces(cycle, cuts)
      const rest = (index: number, at: number) =>
        prorate(new Decimal((list[index] ?? 0n).toString()).div(100), {
          policy: by,
          cycle,
          used: { start: spans[at]?.start ?? cycle.start, end: cycle.end },
          zone,
        })
      let paid = rest(0, 0)
      for (let at = 1; at < spans.length; at += 1) {
        const credit = rest(at - 1, at)
        expect(credit.lte(paid)).toBe(true)
        paid = paid.minus(credit).plus(rest(at, at))
        expect(paid.gte(0)).toBe(true)
      }
    }),
  )
})
