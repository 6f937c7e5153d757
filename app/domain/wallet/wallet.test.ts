import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../money/decimal.ts'
import { money, sum } from '../money/money.ts'
import { burdenOf, burnDown, giveBack, grossOfProducts } from './burn-down.ts'
import { type CreditGrant, grantScopes, needsApproval, usualPriority, whyNotGiven } from './credit-grant.ts'

const eur = (minor: bigint) => money(minor, 'EUR')

function grant(id: string, minor: bigint, facts: Partial<CreditGrant> = {}): CreditGrant {
  const kind = facts.kind ?? 'top-up'
  const usual = { accountId: 'linde', amount: eur(minor), remaining: eur(minor), scope: 'all', expiresOn: null } as const
  return { id, kind, priority: usualPriority[kind], ...usual, ...facts }
}

const owes = (due: bigint, usage = due, fees = due) => ({ due: eur(due), within: { all: eur(due), usage: eur(usage), fees: eur(fees) } })
const used = (uses: ReturnType<typeof burnDown>) => uses.map(({ grantId, amount }) => `${grantId} ${amount.minor}`)

test('119.00 with a credit note of 20.00 and a balance of 50.00 leaves 49.00 due and nothing of the balance', () => {
  const burden = burdenOf({
    lines: [{ kind: 'usage', net: eur(10000n), taxRate: new Decimal(19) }],
    total: eur(11900n),
    credited: eur(2000n),
  })
  expect(burden.due).toEqual(eur(9900n))
  expect(used(burnDown(burden, [grant('paid', 5000n)]))).toEqual(['paid 5000'])
})

test('what costs the buyer nothing goes first, then what expires first, then the older one', () => {
  const grants = [
    grant('paid-1', 1000n),
    grant('staff-late', 500n, { kind: 'staff', expiresOn: '2027-03-31' }),
    grant('staff-soon', 500n, { kind: 'staff', expiresOn: '2026-12-31' }),
    grant('staff-never', 500n, { kind: 'staff' }),
    grant('promo', 300n, { kind: 'promo' }),
    grant('paid-0', 1000n),
  ]
  expect(used(burnDown(owes(2900n), grants))).toEqual([
    'promo 300',
    'staff-soon 500',
    'staff-late 500',
    'staff-never 500',
    'paid-0 1000',
    'paid-1 100',
  ])
})

test('credit for usage pays what usage comes to with its tax, two such grants together no more', () => {
  const lines = [
    { kind: 'usage', net: eur(1000n), taxRate: new Decimal(19) },
    { kind: 'recurring', net: eur(2000n), taxRate: new Decimal(19) },
  ]
  const burden = burdenOf({ lines, total: eur(3570n), credited: eur(0n) })
  const grants = [grant('a', 1000n, { kind: 'promo', scope: 'usage' }), grant('b', 1000n, { kind: 'promo', scope: 'usage' })]
  expect(used(burnDown(burden, grants))).toEqual(['a 1000', 'b 190'])
})

test('credit for single products pays what their lines come to with tax, and what one grant took is gone for the next', () => {
  const line = (id: string, kind: string, minor: bigint) => ({ id, kind, net: eur(minor), taxRate: new Decimal(19) })
  const lines = [line('1', 'recurring', 1000n), line('2', 'usage', 500n), line('3', 'recurring', 2000n), line('4', 'discount', -100n)]
  const productOf = new Map([
    ['1', 'web'],
    ['2', 'web'],
    ['3', 'backup'],
  ])
  const ofProducts = grossOfProducts(lines, { productOf, currency: 'EUR' })
  expect([...ofProducts]).toEqual([
    ['web', eur(1785n)],
    ['backup', eur(2380n)],
  ])
  const only = (...productIds: string[]) => ({ kind: 'promo', scope: 'products', productIds }) as const
  const burden = { ...owes(4046n), ofProducts }
  expect(used(burnDown(burden, [grant('a', 1000n, only('web')), grant('b', 9000n, only('web')), grant('c', 9000n, only('dns'))]))).toEqual([
    'a 1000',
    'b 785',
  ])
  expect(used(burnDown(burden, [grant('a', 1785n, only('backup', 'web')), grant('b', 5000n, only('backup'))]))).toEqual(['a 1785', 'b 595'])
  expect(used(burnDown(owes(4046n), [grant('a', 1000n, only('web'))]))).toEqual([])
})

test('money of another currency pays nothing', () => {
  const dollars = { amount: money(5000n, 'USD'), remaining: money(5000n, 'USD') }
  expect(burnDown(owes(100n), [grant('usd', 1n, dollars)])).toEqual([])
})

test('what goes back goes to what was used last', () => {
  const uses = [
    { grantId: 'promo', amount: eur(300n) },
    { grantId: 'paid', amount: eur(700n) },
  ]
  expect(used(giveBack(eur(800n), uses))).toEqual(['paid 700', 'promo 100'])
})

test.each([
  ['promo', 0n, null, 'amount-not-positive'],
  ['staff', 100n, '2026-11-20', 'expiry-in-past'],
  ['staff', 100n, '2026-11-21', null],
  ['trial', 100n, null, 'expiry-missing'],
] as const)('credit of kind %s over %s until %s: %s', (kind, minor, expiresOn, problem) => {
  expect(whyNotGiven({ kind, amount: eur(minor), priority: 30, expiresOn, today: '2026-11-21' })).toBe(problem)
})

test('a limit asks for a second person above it, and for any other currency', () => {
  expect(needsApproval(eur(10000n), null)).toBe(false)
  expect(needsApproval(eur(10000n), eur(10000n))).toBe(false)
  expect(needsApproval(eur(10001n), eur(10000n))).toBe(true)
  expect(needsApproval(money(1n, 'USD'), eur(10000n))).toBe(true)
})

const amounts = fc.bigInt({ min: 1n, max: 100_000n })
const grants = fc
  .array(fc.record({ minor: amounts, scope: fc.constantFrom(...grantScopes), priority: fc.integer({ min: 0, max: 99 }) }), { maxLength: 8 })
  .map((all) => all.map(({ minor, scope, priority }, place) => grant(String(place), minor, { scope, priority })))

test('what is used and what is left is what there was; no grant is overdrawn, no document paid beyond what is due', () => {
  fc.assert(
    fc.property(grants, fc.array(amounts, { maxLength: 5 }), (all, dues) => {
      let left = all
      const granted = sum(
        'EUR',
        all.map(({ remaining }) => remaining),
      ).minor
      let spent = 0n
      for (const due of dues) {
        const uses = burnDown(owes(due, due / 2n, due / 3n), left)
        const paid = sum(
          'EUR',
          uses.map(({ amount }) => amount),
        ).minor
        expect(paid <= due).toBe(true)
        spent += paid
        left = left.map((each) => {
          const use = uses.find(({ grantId }) => grantId === each.id)
          return use ? { ...each, remaining: eur(each.remaining.minor - use.amount.minor) } : each
        })
        expect(left.every(({ remaining }) => remaining.minor >= 0n)).toBe(true)
      }
      expect(
        spent +
          sum(
            'EUR',
            left.map(({ remaining }) => remaining),
          ).minor,
      ).toBe(granted)
    }),
  )
})

test('giving back in parts gives back what was used, and no more', () => {
  fc.assert(
    fc.property(fc.array(amounts, { minLength: 1, maxLength: 6 }), amounts, (minors, asked) => {
      const uses = minors.map((minor, place) => ({ grantId: String(place), amount: eur(minor) }))
      const total = sum(
        'EUR',
        uses.map(({ amount }) => amount),
      ).minor
      const back = giveBack(eur(asked), uses)
      expect(
        sum(
          'EUR',
          back.map(({ amount }) => amount),
        ).minor,
      ).toBe(asked < total ? asked : total)
      for (const { grantId, amount } of back) expect(amount.minor <= (uses[Number(grantId)]?.amount.minor ?? 0n)).toBe(true)
    }),
  )
})
