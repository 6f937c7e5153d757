import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import type { ProrationPolicy } from '../proration/prorate.ts'
import { monthOf } from '../time/billing-month.ts'
import type { Period } from '../time/period.ts'
import type { RatedCharge } from './charge.ts'
import type { FeeItem, FeeSubscription } from './fee-subscription.ts'
import { feeTargets } from './fee-targets.ts'
import { feeSpan } from './rate-fees.ts'
import { priceRule } from './rating.fixture.ts'
import { baseKeyOf, type ChargedFee, settleFees } from './settle-fees.ts'

const zone = 'Europe/Berlin'
const fee = (productId: string, unitPrice: string, changes = {}) =>
  priceRule({
    id: `${productId}-${unitPrice}`,
    feeKind: 'recurring',
    productId,
    meter: null,
    unit: 'month',
    validFrom: new Date('2025-01-01T00:00:00Z'),
    unitPrice: new Decimal(unitPrice),
    ...changes,
  })
const prices = [fee('web-1', '19.00'), fee('web-2', '79.00'), { ...fee('web-1', '10.00'), id: 'setup', feeKind: 'setup' as const }]
const at = (text: string) => new Date(text)
const item = (productId: string, from: string, to: string | null = null, changes: Partial<FeeItem> = {}): FeeItem => ({
  productId,
  role: 'main',
  quantity: new Decimal(1),
  startsAt: at(from),
  endsAt: to === null ? null : at(to),
  priceVersionId: null,
  ...changes,
})
const shop: FeeSubscription = {
  id: 'shop-01',
  contractId: 'contract-1',
  productId: 'web-1',
  quantity: new Decimal(1),
  startsAt: at('2026-02-09T10:00:00Z'),
  endsAt: null,
  proration: 'day',
  cycle: { zone, anchorDay: 1 },
}

/** What was charged of the fees of one subscription, run by run. */
class Book {
  readonly charges: RatedCharge[] = []

  run(
    subscription: FeeSubscription,
    closes: Period,
    { rules = prices, mode = 'in-advance' as 'in-advance' | 'in-arrears' } = {},
  ): string[] {
    const span = feeSpan(mode, closes)
    const { creditAt = 'now' } = subscription
    const targets = feeTargets({ subscription, rules, currency: 'EUR', span })
    const due = settleFees({ targets, charged: this.charged(), span, creditAt })
    this.charges.push(...due)
    return due.map((charge) => `${charge.productId} ${charge.feeKind} ${charge.amount.toDecimalPlaces(2)}${charge.class && ' corrected'}`)
  }

  charged(): Map<string, ChargedFee> {
    const known = new Map<string, ChargedFee>()
    for (const charge of this.charges) {
      const before = known.get(baseKeyOf(charge.sourceKey))
      known.set(baseKeyOf(charge.sourceKey), {
        amount: (before?.amount ?? new Decimal(0)).plus(charge.amount),
        count: (before?.count ?? 0) + 1,
        last: charge,
      })
    }
    return known
  }

  total(): string {
    return this.charges.reduce((sum, charge) => sum.plus(charge.amount), new Decimal(0)).toFixed(2)
  }
}

const month = (number: number, year = 2026) => monthOf(zone, year, number)

test('an upgrade on 16 June by day: half of the old fee comes back, half of the new one is charged, and no second setup', () => {
  const book = new Book()
  expect(book.run(shop, month(5))).toEqual(['web-1 recurring 19', 'web-1 recurring 19'])
  const items = [item('web-1', '2026-02-09T10:00:00Z', '2026-06-16T12:00:00Z'), item('web-2', '2026-06-16T12:00:00Z')]
  const upgraded = { ...shop, productId: 'web-2', items }
  expect(book.run(upgraded, month(6))).toEqual(['web-1 recurring -9.5 corrected', 'web-2 recurring 39.5', 'web-2 recurring 79'])
  expect(book.run(upgraded, month(6))).toEqual([])
  expect(book.run(upgraded, month(7))).toEqual(['web-2 recurring 79'])
})

test('the corrected part says which days it takes back', () => {
  const book = new Book()
  book.run(shop, month(5))
  book.run({ ...shop, endsAt: at('2026-06-16T12:00:00Z') }, month(6))
  expect(book.charges.at(-1)).toMatchObject({
    sourceKey: 'recurring:shop-01:web-1:2026-06-01~2',
    class: 'Correction',
    chargePeriod: { start: at('2026-06-16T12:00:00Z'), end: month(6).end },
  })
})

test('cancelled in the middle of a month that was paid: by second the rest comes back, by no proration nothing does', () => {
  const cancelled = (proration: ProrationPolicy) => {
    const book = new Book()
    book.run({ ...shop, proration }, month(5))
    return book.run({ ...shop, proration, endsAt: at('2026-06-15T22:00:00Z') }, month(6))
  }
  expect(cancelled('second')).toEqual(['web-1 recurring -9.5 corrected'])
  expect(cancelled('none')).toEqual([])
})

test('a cancellation at the end of June that comes in on 2 July takes all of July back', () => {
  const book = new Book()
  book.run(shop, month(5))
  book.run(shop, month(6))
  expect(book.run({ ...shop, endsAt: month(6).end }, month(7))).toEqual(['web-1 recurring -19 corrected'])
})

test('three instead of one from the 16th on cost the difference of half a month', () => {
  const book = new Book()
  book.run(shop, month(5))
  const items = [
    item('web-1', '2026-02-09T10:00:00Z', '2026-06-16T00:00:00+02:00'),
    item('web-1', '2026-06-16T00:00:00+02:00', null, { quantity: new Decimal(3) }),
  ]
  book.run({ ...shop, items }, month(6))
  expect(book.charges.slice(2).map(({ amount }) => amount.toFixed(2))).toEqual(['-9.50', '28.50', '57.00'])
})

test('a pause costs nothing, and the month it begins in costs its share', () => {
  const book = new Book()
  const items = [
    item('web-1', '2026-02-09T10:00:00Z', '2026-06-11T00:00:00+02:00'),
    item('web-1', '2026-08-11T00:00:00+02:00', null, { role: 'main' }),
  ]
  const paused = { ...shop, items }
  book.run(shop, month(5))
  expect(book.run(paused, month(6))).toEqual(['web-1 recurring -12.67 corrected'])
  expect(book.run(paused, month(7))).toEqual([])
  expect(book.run(paused, month(8))).toEqual(['web-1 recurring 12.87', 'web-1 recurring 19'])
})

test('a yearly plan that is upgraded in its middle credits the months to come', () => {
  const yearly = [
    fee('web-1', '365.00', { interval: { unit: 'year', count: 1 } }),
    fee('web-2', '730.00', { interval: { unit: 'year', count: 1 } }),
  ]
  const start = '2026-01-01T00:00:00+01:00'
  const begun = { ...shop, startsAt: at(start), items: [item('web-1', start)] }
  const book = new Book()
  expect(book.run(begun, month(1), { rules: yearly })).toEqual(['web-1 recurring 365'])
  for (const number of [2, 3, 4, 5, 6]) expect(book.run(begun, month(number), { rules: yearly })).toEqual([])
  const upgraded = { ...begun, items: [item('web-1', start, '2026-07-02T00:00:00+02:00'), item('web-2', '2026-07-02T00:00:00+02:00')] }
  expect(book.run(upgraded, month(7), { rules: yearly })).toEqual(['web-1 recurring -183 corrected', 'web-2 recurring 366'])
  for (const number of [8, 9, 10, 11]) expect(book.run(upgraded, month(number), { rules: yearly })).toEqual([])
  expect(book.run(upgraded, month(12), { rules: yearly })).toEqual(['web-2 recurring 730'])
})

test('a plan that credits at renewal keeps the credit back until its year is over', () => {
  const yearly = [fee('web-1', '365.00', { interval: { unit: 'year', count: 1 } })]
  const begun = { ...shop, startsAt: at('2026-01-01T00:00:00+01:00'), creditAt: 'at-renewal' as const }
  const book = new Book()
  book.run(begun, month(1), { rules: yearly })
  const ended = { ...begun, endsAt: at('2026-07-02T00:00:00+02:00') }
  expect(book.run(ended, month(7), { rules: yearly })).toEqual([])
  expect(book.run(ended, month(12), { rules: yearly })).toEqual(['web-1 recurring -183 corrected'])
})

test('a corrected price moves what was charged only when it is rated again, and a later change still credits at the old one', () => {
  const book = new Book()
  book.run(shop, month(5))
  const corrected = [{ ...fee('web-1', '15.00'), id: 'corrected' }]
  expect(book.run(shop, month(6), { rules: corrected })).toEqual(['web-1 recurring 15'])
  const cancelled = { ...shop, endsAt: at('2026-06-16T00:00:00+02:00') }
  const span = feeSpan('in-arrears', month(6))
  const targets = feeTargets({ subscription: cancelled, rules: corrected, currency: 'EUR', span })
  const amounts = (isRepricing: boolean) =>
    settleFees({ targets, charged: book.charged(), span, isRepricing }).map(({ amount, unitPrice }) => `${amount} at ${unitPrice}`)
  expect(amounts(false)).toEqual(['-9.5 at 19', '-15 at 15'])
  expect(amounts(true)).toEqual(['-11.5 at 15', '-15 at 15'])
})

test('a price in arrears is charged when its period is over, one in advance when it begins', () => {
  const rules = [fee('web-1', '30.00', { interval: { unit: 'month', count: 3 }, billingMode: 'in-arrears' })]
  const begun = { ...shop, startsAt: at('2026-04-01T00:00:00+02:00') }
  const book = new Book()
  for (const number of [4, 5]) expect(book.run(begun, month(number), { rules })).toEqual([])
  expect(book.run(begun, month(6), { rules })).toEqual(['web-1 recurring 30'])
})

test('a trial costs nothing, setup and fee begin with its end', () => {
  const trial = { ...shop, startsAt: at('2026-06-02T00:00:00+02:00'), trialEndsAt: at('2026-06-16T00:00:00+02:00') }
  expect(new Book().run(trial, month(6), { mode: 'in-arrears' })).toEqual(['web-1 setup 10', 'web-1 recurring 9.5'])
})

test('a trial that ends for good costs nothing, and one that is upgraded pays the setup of the plan it ends with', () => {
  const trial = { ...shop, startsAt: at('2026-06-02T00:00:00+02:00'), trialEndsAt: at('2026-06-16T00:00:00+02:00') }
  expect(new Book().run({ ...trial, endsAt: trial.trialEndsAt }, month(6), { mode: 'in-arrears' })).toEqual([])
  const upgrade = '2026-06-10T00:00:00+02:00'
  const items = [item('web-1', '2026-06-02T00:00:00+02:00', upgrade), item('web-2', upgrade)]
  const rules = [...prices, { ...fee('web-2', '10.00'), id: 'setup-2', feeKind: 'setup' as const }]
  expect(new Book().run({ ...trial, items }, month(6), { rules, mode: 'in-arrears' })).toEqual(['web-2 setup 10', 'web-2 recurring 39.5'])
})

test('renewal and cancellation have fees of their own, add-ons theirs, included parts a line of zero', () => {
  const rules = [
    ...prices,
    { ...fee('web-1', '5.00'), id: 'renewal', feeKind: 'renewal' as const },
    { ...fee('web-1', '7.00'), id: 'cancellation', feeKind: 'cancellation' as const },
    fee('backup', '12.00'),
    fee('apache', '3.00'),
  ]
  const start = '2026-06-01T00:00:00+02:00'
  const items = [
    item('web-1', start, null, { isRenewal: true }),
    item('backup', start, null, { role: 'add-on' }),
    item('apache', start, null, { role: 'included' }),
  ]
  const subscription = { ...shop, startsAt: at(start), items, cancelledAt: at('2026-06-30T10:00:00Z') }
  expect(new Book().run(subscription, month(6), { rules, mode: 'in-arrears' })).toEqual([
    'web-1 setup 10',
    'apache recurring 0',
    'backup recurring 12',
    'web-1 recurring 19',
    'web-1 renewal 5',
    'web-1 cancellation 7',
  ])
})

test('whatever is changed and however often, no key is ever credited more than it was charged', () => {
  const days = fc.integer({ min: 1, max: 60 })
  const change = fc.record({ day: days, product: fc.constantFrom('web-1', 'web-2'), quantity: fc.integer({ min: 1, max: 5 }) })
  const policies = fc.constantFrom<ProrationPolicy>('none', 'day', 'second')
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), policies, fc.boolean(), (changes, proration, isEnded) => {
      const book = new Book()
      const begin = at('2026-05-01T00:00:00+02:00').getTime()
      const cuts = [...new Map(changes.map((each) => [each.day, each])).values()].sort((a, b) => a.day - b.day)
      for (let known = 0; known <= cuts.length; known += 1) {
        const starts = [{ day: 0, product: 'web-1', quantity: 1 }, ...cuts.slice(0, known)]
        const instant = (day: number) => new Date(begin + day * 86_400_000 + 3_600_000).toISOString()
        const items = starts.map((each, place) => {
          const next = starts[place + 1]
          return item(each.product, instant(each.day), next ? instant(next.day) : null, { quantity: new Decimal(each.quantity) })
        })
        const endsAt = isEnded && known === cuts.length ? at(instant(61)) : null
        for (const number of [5, 6]) book.run({ ...shop, proration, startsAt: at(instant(0)), endsAt, items }, month(number))
      }
      for (const { amount } of book.charged().values()) expect(amount.gte(0)).toBe(true)
      expect(Number(book.total())).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 60 },
  )
})
