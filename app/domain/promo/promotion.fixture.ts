import type { Promotion } from './promotion.ts'

/** WEEKEND10: 10 % off the first period's recurring fees; `changes` makes it another promotion. */
export function promotion(changes: Partial<Promotion> = {}): Promotion {
  return {
    id: '0198a000-0000-7000-8000-000000000001',
    code: 'weekend-10',
    name: { en: 'Weekend', de: 'Wochenende' },
    terms: { kind: 'percent', percent: '10', periods: 1 },
    scopes: ['recurring'],
    productGroups: [],
    channelIds: [],
    isFirstOrderOnly: false,
    isNewCustomersOnly: false,
    priority: 100,
    stackGroup: null,
    isStackable: false,
    startsAt: new Date('2026-06-04T22:00:00Z'),
    endsAt: null,
    ...changes,
  }
}
