import { expect, test } from 'vitest'
import { type CheckedPromotion, promotionProblems } from './check-promotion.ts'

const checked = (changes: Partial<CheckedPromotion> = {}): CheckedPromotion => ({
  terms: { kind: 'percent', percent: '10', periods: 1 },
  scopes: ['recurring'],
  startsOn: '2026-06-05',
  endsOn: '2026-06-07',
  maxRedemptions: 50,
  maxPerAccount: 1,
  hasBudget: false,
  ...changes,
})

test.each<[string[], Partial<CheckedPromotion>]>([
  [[], {}],
  [[], { terms: { kind: 'percent', percent: '100', periods: null }, maxRedemptions: null }],
  [['percent-out-of-range'], { terms: { kind: 'percent', percent: '100.01', periods: 1 } }],
  [['percent-out-of-range'], { terms: { kind: 'percent', percent: '0', periods: 1 } }],
  [['amount-missing'], { terms: { kind: 'amount', amounts: {} } }],
  [['amount-missing'], { terms: { kind: 'amount', amounts: { EUR: '0' } } }],
  [['units-missing'], { terms: { kind: 'free-units', meter: 'traffic.sent', units: '0', periods: 1 }, scopes: [] }],
  [['no-scope'], { scopes: [] }],
  [[], { terms: { kind: 'free-period', periods: 1 }, scopes: [] }],
  [['end-before-start'], { endsOn: '2026-06-04' }],
  [['limit-out-of-range'], { maxRedemptions: 0 }],
  [['limit-out-of-range'], { maxPerAccount: 1.5 }],
  [['budget-needs-periods'], { hasBudget: true, terms: { kind: 'percent', percent: '10', periods: null } }],
  [['budget-needs-amount'], { hasBudget: true, terms: { kind: 'free-units', meter: 'traffic.sent', units: '5', periods: 1 } }],
])('%j for %j', (problems, changes) => expect(promotionProblems(checked(changes))).toEqual(problems))
