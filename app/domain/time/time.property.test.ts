import fc from 'fast-check'
import { expect, test } from 'vitest'
import { billingMonthAt } from './billing-month.ts'
import { containsInstant, lengthMs, splitAt } from './period.ts'

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Auckland',
  'Asia/Kolkata',
  'Pacific/Honolulu',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Dubai',
]
const instant = fc.date({ min: new Date('2015-01-01T00:00:00Z'), max: new Date('2035-01-01T00:00:00Z'), noInvalidDate: true })
const cycle = fc.record({ zone: fc.constantFrom(...zones), anchorDay: fc.integer({ min: 1, max: 31 }) })

test('the billing months of any zone and day tile the time line without overlap or hole', () => {
  fc.assert(
    fc.property(cycle, instant, (rule, at) => {
      const month = billingMonthAt(rule, at)
      expect(containsInstant(month, at)).toBe(true)
      expect(billingMonthAt(rule, month.start)).toEqual(month)
      expect(billingMonthAt(rule, month.end).start).toEqual(month.end)
      expect(billingMonthAt(rule, new Date(month.start.getTime() - 1)).end).toEqual(month.start)
    }),
    { numRuns: 300 },
  )
})

test('pieces of a split period follow each other and keep its length', () => {
  fc.assert(
    fc.property(instant, fc.integer({ min: 1, max: 10 ** 10 }), fc.array(instant, { maxLength: 5 }), (start, length, cuts) => {
      const span = { start, end: new Date(start.getTime() + length) }
      const pieces = splitAt(span, [...cuts, new Date(start.getTime() + Math.floor(length / 3))])
      expect(pieces.reduce((total, piece) => total + lengthMs(piece), 0n)).toBe(BigInt(length))
      expect(pieces[0]?.start).toEqual(span.start)
      expect(pieces.at(-1)?.end).toEqual(span.end)
    }),
  )
})
