import { expect, test } from 'vitest'
import { matchOf, matchText, planOfForm } from './plan-form.ts'

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

test('a form spells a plan: blank rows and fields of another model are left out', () => {
  const plan = planOfForm(
    formOf({
      formToken: 'x',
      intent: 'save',
      rest: '{"format":"livery-plan/1","sla":"gold"}',
      code: 'web',
      'name.en': 'Web',
      trialDays: '14',
      'fees.0.kind': 'setup',
      'fees.0.price': '',
      'fees.1.kind': 'recurring',
      'fees.1.price': '20',
      'fees.1.every.unit': 'month',
      'fees.1.every.count': '3',
      'usage.0.meter': 'traffic.sent',
      'usage.0.match': 'zone=eu|us, state=running',
      'usage.0.model.kind': 'graduated',
      'usage.0.model.unitPrice': '7',
      'usage.0.model.tiers.0.upTo': '100',
      'usage.0.model.tiers.0.unitPrice': '0.2',
      'usage.0.model.tiers.1.upTo': '',
      'usage.0.model.tiers.1.unitPrice': '0.1',
      'usage.0.model.tiers.2.upTo': '',
      'usage.0.rollsOver': 'on',
      'usage.1.meter': '',
      'usage.1.model.kind': 'per-unit',
    }),
  )
  expect(plan).toEqual({
    format: 'livery-plan/1',
    sla: 'gold',
    code: 'web',
    name: { en: 'Web' },
    trialDays: 14,
    fees: [{ kind: 'recurring', price: '20', every: { unit: 'month', count: 3 } }],
    usage: [
      {
        meter: 'traffic.sent',
        unit: 'GB',
        match: { zone: ['eu', 'us'], state: 'running' },
        model: {
          kind: 'graduated',
          tiers: [
            { upTo: '100', unitPrice: '0.2' },
            { upTo: null, unitPrice: '0.1' },
          ],
        },
        rollsOver: true,
      },
    ],
  })
})

test('a field that aims beside the plan does nothing', () => {
  expect(planOfForm(formOf({ '__proto__.x': '1', 'constructor.y': '2', 'a b': '3', rest: '[1]' }))).toEqual({ fees: [], usage: [] })
})

test('dimensions are written and read as text', () => {
  expect(matchText(matchOf('zone=eu|us, state=running'))).toBe('zone=eu|us, state=running')
  expect(matchText(undefined)).toBe('')
})
