import { describe, expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money } from '../money/money.ts'
import { type DunningFacts, dueToday, type OverdueInvoice } from './due-today.ts'
import { type DunningAction, type DunningStep, problemOfSteps, readSteps, storedSteps } from './policy.ts'

const eur = (minor: bigint) => money(minor, 'EUR')
const step = (day: number, action: DunningAction, feeMinor = 0n, ratePercent = '0'): DunningStep => ({
  day,
  action,
  feeMinor,
  ratePercent: new Decimal(ratePercent),
  charges: false,
  texts: {},
})
const steps = [step(3, 'notify'), step(10, 'block', 500n), step(20, 'suspend', 1000n, '9'), step(60, 'terminate')]
const invoice = (facts: Partial<OverdueInvoice> = {}): OverdueInvoice => ({
  id: 'i1',
  number: 'MG-1',
  dueOn: '2026-06-01',
  open: eur(10_000n),
  reached: -1,
  reachedOn: null,
  interestFrom: '2026-06-01',
  isOwnFee: false,
  ...facts,
})
const facts = (changes: Partial<DunningFacts> = {}): DunningFacts => ({
  policy: { id: 'p1', minimum: eur(500n), cap: null, steps },
  invoices: [invoice()],
  charged: eur(0n),
  quietUntil: null,
  ...changes,
})

describe('a step', () => {
  test('is due on its day after the due date and not before', () => {
    expect(dueToday(facts(), '2026-06-03')).toBeNull()
    expect(dueToday(facts(), '2026-06-04')).toMatchObject({ position: 0, step: { action: 'notify' } })
  })

  test('that an invoice took is not taken again', () => {
    expect(dueToday(facts({ invoices: [invoice({ reached: 0 })] }), '2026-06-05')).toBeNull()
    expect(dueToday(facts({ invoices: [invoice({ reached: 0 })] }), '2026-06-11')).toMatchObject({ position: 1, fee: eur(500n) })
  })

  test('that was passed over is left out, and only its last one is done', () => {
    expect(dueToday(facts(), '2026-06-30')).toMatchObject({ position: 2, fee: eur(1000n) })
  })

  test('that ends services comes only as long after the one before it as the rules say', () => {
    const at = (reached: number, reachedOn: string | null) => facts({ invoices: [invoice({ reached, reachedOn })] })
    expect(dueToday(at(-1, null), '2026-12-01')).toMatchObject({ step: { action: 'suspend' } })
    expect(dueToday(at(2, '2026-12-01'), '2027-01-09')).toBeNull()
    expect(dueToday(at(2, '2026-12-01'), '2027-01-10')).toMatchObject({ step: { action: 'terminate' } })
  })

  test('is nothing below the least sum', () => {
    expect(dueToday(facts({ invoices: [invoice({ open: eur(499n) })] }), '2026-06-30')).toBeNull()
    expect(dueToday(facts({ invoices: [invoice({ open: eur(499n) }), invoice({ id: 'i2', open: eur(1n) })] }), '2026-06-30')).not.toBeNull()
  })
})

test('several overdue invoices make one letter with the strongest step and one fee', () => {
  const invoices = [invoice({ reached: 0 }), invoice({ id: 'i2', dueOn: '2026-06-07', open: eur(2_500n) })]
  const deed = dueToday(facts({ invoices }), '2026-06-11')
  expect(deed).toMatchObject({ position: 1, total: eur(12_500n), fee: eur(500n) })
  expect(deed?.taken.map(({ id, position }) => [id, position])).toEqual([
    ['i1', 1],
    ['i2', 0],
  ])
})

describe('while', () => {
  test('a pause or a promise lasts nothing happens, and the day after it goes on', () => {
    expect(dueToday(facts({ quietUntil: '2026-06-10' }), '2026-06-10')).toBeNull()
    expect(dueToday(facts({ quietUntil: '2026-06-10' }), '2026-06-11')).toMatchObject({ position: 1 })
  })
})

describe('interest', () => {
  test('is simple over days of 365 and rounded once for the letter', () => {
    // 100.00 x 9 % x 29 / 365 = 0.71506…, and 33.33 over 19 days 0.15615…: 0.87123… in all.
    const invoices = [
      invoice({ reached: 1 }),
      invoice({ id: 'i2', dueOn: '2026-06-10', interestFrom: '2026-06-11', open: eur(3_333n), reached: 1 }),
    ]
    expect(dueToday(facts({ invoices }), '2026-06-30')?.interest).toEqual(eur(87n))
  })

  test('of 10,000.00 at 9 % for a whole year is 900.00', () => {
    const yearly = [step(365, 'notify', 0n, '9')]
    const one = facts({ policy: { id: 'p1', minimum: eur(0n), cap: null, steps: yearly }, invoices: [invoice({ open: eur(1_000_000n) })] })
    expect(dueToday(one, '2027-06-01')?.interest).toEqual(eur(90_000n))
  })

  test('and fees stay within the cap, fees first', () => {
    const capped = facts({ policy: { id: 'p1', minimum: eur(0n), cap: eur(1_550n), steps }, charged: eur(500n) })
    expect(dueToday(capped, '2026-06-30')).toMatchObject({ fee: eur(1_000n), interest: eur(50n) })
    expect(dueToday({ ...capped, charged: eur(1_550n) }, '2026-06-30')).toMatchObject({ fee: eur(0n), interest: eur(0n) })
  })

  test('is not charged on what dunning charged, which takes no step either', () => {
    const own = invoice({ id: 'fee', isOwnFee: true })
    expect(dueToday(facts({ invoices: [own] }), '2026-06-30')).toBeNull()
    const deed = dueToday(facts({ invoices: [invoice({ reached: 1 }), own] }), '2026-06-30')
    expect(deed).toMatchObject({ total: eur(20_000n), interest: eur(72n) })
  })
})

describe('steps of a policy', () => {
  test('come one after the other and never get milder', () => {
    expect(problemOfSteps([])).toBe('no-steps')
    expect(problemOfSteps([step(3, 'notify'), step(3, 'block')])).toBe('days-not-rising')
    expect(problemOfSteps([step(3, 'suspend'), step(5, 'notify')])).toBe('actions-not-rising')
    expect(problemOfSteps(steps)).toBeNull()
  })

  test('are read as they were stored', () => {
    expect(readSteps(JSON.parse(JSON.stringify(storedSteps(steps))))).toEqual(steps)
  })
})
