import { expect, test } from 'vitest'
import { Decimal } from '../../money/decimal.ts'
import { type PlanFile, readPlan } from './plan-file.ts'
import { previewPlan, tryQuantity } from './preview-plan.ts'

function planOf(model: object, more: object = {}): PlanFile {
  const usage = [{ meter: 'traffic.sent', unit: 'GB', model, ...more }]
  const read = readPlan({ format: 'livery-plan/1', kind: 'plan', code: 'web', name: { en: 'Web' }, currency: 'EUR', usage })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}

const cliffModel = {
  kind: 'volume',
  tiers: [
    { upTo: '1000', unitPrice: '0.10' },
    { upTo: null, unitPrice: '0.08' },
  ],
}

test('a volume price that falls at an edge is a cliff, with both quantities and amounts', () => {
  const [preview] = previewPlan(planOf(cliffModel))
  expect(preview?.cliffs).toEqual([{ before: { quantity: '1000', amount: '100' }, after: { quantity: '1001', amount: '80.08' } }])
})

test('an allowance moves the cliff behind it', () => {
  const [preview] = previewPlan(planOf(cliffModel, { included: '500' }))
  expect(preview?.cliffs[0]?.before).toEqual({ quantity: '1500', amount: '100' })
})

test('a graduated price has no cliff, and its curve meets every edge', () => {
  const tiers = [
    { upTo: '10', unitPrice: '0', flat: '5' },
    { upTo: null, unitPrice: '1' },
  ]
  const [preview] = previewPlan(planOf({ kind: 'graduated', tiers }))
  expect(preview?.cliffs).toEqual([])
  expect(preview?.points.find(({ quantity }) => quantity === '10')).toEqual({ quantity: '10', amount: '5' })
  expect(preview?.points.at(-1)).toEqual({ quantity: '15', amount: '10' })
  expect(preview?.points[0]).toEqual({ quantity: '0', amount: '5' })
})

test('a package price without end is drawn over its first packages', () => {
  const [preview] = previewPlan(planOf({ kind: 'package', size: '100', price: '4' }))
  expect(preview?.points.at(-1)).toEqual({ quantity: '1800', amount: '72' })
})

test('the calculator keeps the cap and the minimum', () => {
  const plan = planOf({ kind: 'per-unit', unitPrice: '0.5' }, { cap: '20', minimum: '3' })
  expect(['2', '10', '100'].map((quantity) => tryQuantity(plan, 0, new Decimal(quantity))?.amount)).toEqual(['3', '5', '20'])
  expect(tryQuantity(plan, 1, new Decimal(1))).toBeUndefined()
})
