import { describe, expect, test } from 'vitest'
import { changeState, nextStates, ProductDraft, problemsOf, specOf } from './product.ts'

const draft = (facts: object) => ProductDraft.safeParse({ code: 'backup', kind: 'app', ...facts })

describe('a product as staff write it', () => {
  test('a metered product is measured in the unit of its meter and rounded up to its step', () => {
    const read = ProductDraft.parse({ code: 'traffic', kind: 'usage', meter: 'traffic.sent', quantityStep: '10', productGroup: 'network' })
    expect(specOf(read)).toEqual({ proration: 'day', meter: 'traffic.sent', unit: 'GB', quantityStep: '10' })
  })

  test('a fixed term has its months, a service level its promise', () => {
    expect(specOf(ProductDraft.parse({ code: 'event', kind: 'service', termMonths: '3', reminderDays: '0' }))).toEqual({
      proration: 'day',
      termMonths: 3,
      reminderDays: 0,
    })
    const gold = ProductDraft.parse({
      code: 'gold',
      kind: 'sla',
      availabilityPercent: '99.95',
      responseHours: '4',
      missCreditPercent: '10',
    })
    expect(specOf(gold)).toEqual({ proration: 'day', availabilityPercent: '99.95', responseHours: 4, missCreditPercent: '10' })
  })

  test('a service that is sold by itself says in what it is counted, how many one order may have and what its term ends with', () => {
    const facts = { code: 'work', kind: 'service', saleUnit: 'hour', mostUnits: '40', termMonths: '12', atTermEnd: 'ends' }
    expect(specOf(ProductDraft.parse(facts))).toEqual({
      proration: 'day',
      termMonths: 12,
      atTermEnd: 'ends',
      saleUnit: 'hour',
      mostUnits: 40,
    })
    expect(specOf(ProductDraft.parse({ code: 'licence', kind: 'service', saleUnit: 'piece', atTermEnd: 'ends' }))).toEqual({
      proration: 'day',
      saleUnit: 'piece',
      mostUnits: 1,
    })
    expect(problemsOf({ kind: 'app', app: 'free', saleUnit: 'hour' })).toEqual([{ field: 'saleUnit', code: 'unexpected' }])
    const yearly = { kind: 'service', saleUnit: 'piece', termMonths: 12 } as const
    expect(problemsOf({ ...yearly, proration: 'none' })).toEqual([{ field: 'proration', code: 'unexpected' }])
    expect(problemsOf({ ...yearly, proration: 'day' })).toEqual([])
    expect(problemsOf({ kind: 'service', mostUnits: 5 })).toEqual([{ field: 'saleUnit', code: 'required' }])
  })

  test('a metered product needs a meter, an app its terms, a service level its availability', () => {
    const kinds = [{ kind: 'usage' as const }, { kind: 'app' as const }, { kind: 'sla' as const }, { kind: 'bundle' as const }]
    expect(kinds.map((facts) => problemsOf(facts).map(({ field }) => field))).toEqual([['meter'], ['app'], ['availabilityPercent'], []])
    expect(problemsOf({ kind: 'one-time', termMonths: 3 })).toEqual([{ field: 'termMonths', code: 'unexpected' }])
    expect(problemsOf({ kind: 'usage', meter: 'smiles' })).toEqual([{ field: 'meter', code: 'not-offered' }])
  })

  test.each([
    ['a code with a space', { code: 'Back up' }],
    ['an unknown kind', { kind: 'thing' }],
    ['a step of zero', { quantityStep: '0' }],
    ['more than all of the time', { availabilityPercent: '100.1' }],
  ])('%s is refused', (_, facts) => {
    expect(draft(facts).success).toBe(false)
  })
})

test('a retired product comes back hidden, not straight into the store', () => {
  expect(changeState('retired', 'published')).toEqual({ ok: false, error: 'state-not-reachable' })
  expect(changeState('retired', 'hidden')).toEqual({ ok: true, value: 'hidden' })
  expect(nextStates('published')).toEqual(['hidden', 'retired'])
})
