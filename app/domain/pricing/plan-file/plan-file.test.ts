import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type PlanFileInput, readPlan } from './plan-file.ts'
import { planRules } from './plan-rules.ts'
import { writePlan } from './write-plan.ts'

const plan: PlanFileInput = {
  format: 'livery-plan/1',
  kind: 'plan',
  code: 'web-1',
  name: { en: 'Web 1' },
  currency: 'EUR',
  fees: [{ kind: 'recurring', price: '19.00' }],
  usage: [{ meter: 'traffic.sent', unit: 'GB', model: { kind: 'per-unit', unitPrice: '0.12' }, included: '100' }],
}
const problems = (changes: object) => {
  const read = readPlan({ ...plan, ...changes })
  return read.ok ? [] : read.problems.map(({ pointer, code }) => `${pointer} ${code}`)
}
const traffic = plan.usage?.[0]
const graduated = (tiers: object[]) => ({ usage: [{ ...traffic, model: { kind: 'graduated', tiers } }] })

test('a plan written out reads back into the same prices', () => {
  for (const source of [plan, JSON.parse(readFileSync('docs/examples/every-model.plan.json', 'utf8'))]) {
    const read = readPlan(source)
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    const rules = planRules(read.value, 'product-1')
    const { code, name, currency, kind, proration } = read.value
    const again = readPlan(writePlan({ kind, code, name, currency, proration }, rules))
    expect(again.ok && planRules(again.value, 'product-1')).toEqual(rules)
  }
})

test('reminders lie within 90 days, and new orders pay the newest prices or those of their day', () => {
  expect(problems({ reminderDays: 0, pricePolicy: 'pinned' })).toEqual([])
  expect(problems({ reminderDays: 91, pricePolicy: 'cheapest' })).toEqual(['/reminderDays too-many', '/pricePolicy unknown-policy'])
})

test('a price is a decimal text, never negative and never a number', () => {
  expect(problems({ fees: [{ kind: 'recurring', price: '-1' }] })).toEqual(['/fees/0/price not-a-decimal'])
  expect(problems({ fees: [{ kind: 'recurring', price: 19 }] })).toEqual(['/fees/0/price not-a-decimal'])
  expect(problems({ fees: [{ kind: 'recurring' }] })).toEqual(['/fees/0/price not-a-decimal'])
})

test('tiers out of order, closed at the end or open before it are named by their place', () => {
  const tier = (upTo: string | null) => ({ upTo, unitPrice: '0.1' })
  expect(problems(graduated([tier('10'), tier('5'), tier(null)]))).toEqual(['/usage/0/model/tiers/1/upTo tiers-not-ascending'])
  expect(problems(graduated([tier('10')]))).toEqual(['/usage/0/model/tiers/0/upTo last-tier-has-an-end'])
  expect(problems(graduated([tier(null), tier(null)]))).toEqual(['/usage/0/model/tiers/0/upTo open-tier-before-the-last'])
})

test('an unknown meter, model, field or currency, and a unit that is not the meter’s', () => {
  expect(problems({ usage: [{ ...traffic, meter: 'water' }] })).toEqual(['/usage/0/meter unknown-meter'])
  expect(problems({ usage: [{ ...traffic, unit: 'GiB' }] })).toEqual(['/usage/0/unit unit-mismatch'])
  expect(problems({ usage: [{ ...traffic, model: { kind: 'magic' } }] })).toEqual(['/usage/0/model/kind unknown-model'])
  expect(problems({ colour: 'red' })).toEqual(['/colour unknown-field'])
  expect(problems({ currency: 'EURO' })).toEqual(['/currency unknown-currency'])
})

test('two prices for the same thing, and a fee that comes twice, leave nobody knowing which counts', () => {
  expect(problems({ usage: [traffic, traffic] })).toEqual(['/usage/1/match price-twice'])
  expect(problems({ fees: [...(plan.fees ?? []), ...(plan.fees ?? [])] })).toEqual(['/fees/1/kind fee-twice'])
})

test('a bundle does not contain itself, and a rate card has no fees', () => {
  expect(problems({ bundle: [{ code: 'web-1', role: 'included' }] })).toEqual(['/bundle/0/code contains-itself'])
  expect(problems({ kind: 'rate-card' })).toEqual(['/fees rate-card-has-fees'])
})

test('validity ends after it begins, and something is priced', () => {
  expect(problems({ validFrom: '2026-07-01T00:00:00Z', validTo: '2026-07-01T00:00:00Z' })).toEqual(['/validTo ends-before-start'])
  expect(problems({ fees: [], usage: [] })).toEqual(['/fees nothing-is-priced'])
})

test('a minimum above the cap, and a pool or roll-over of nothing, are refused', () => {
  expect(problems({ usage: [{ ...traffic, cap: '5', minimum: '6' }] })).toEqual(['/usage/0/minimum minimum-above-cap'])
  const { included: _, ...bare } = traffic ?? {}
  expect(problems({ usage: [{ ...bare, includedScope: 'pool', rollsOver: true }] })).toEqual([
    '/usage/0/includedScope nothing-included',
    '/usage/0/rollsOver nothing-included',
  ])
})
