/** What a schedule makes. `side` is of FOCUS files alone. */
export type ScheduledWish =
  | { readonly kind: 'focus'; readonly format: 'csv'; readonly side: 'sell' | 'buy' }
  | { readonly kind: 'accounting'; readonly format: 'datev' | 'csv' | 'jsonl'; readonly side: null }
  | { readonly kind: 'aging' | 'revenue' | 'margin'; readonly format: 'csv'; readonly side: null }

/** What can be ordered on a schedule, by one name each; `cost` is a buyer's own. */
export const schedulable = ['focus-sell', 'focus-buy', 'datev', 'csv', 'jsonl', 'aging', 'revenue', 'margin', 'cost'] as const
export type Schedulable = (typeof schedulable)[number]

/** What stands behind each name. */
export const scheduledWishes = {
  'focus-sell': { kind: 'focus', format: 'csv', side: 'sell' },
  'focus-buy': { kind: 'focus', format: 'csv', side: 'buy' },
  datev: { kind: 'accounting', format: 'datev', side: null },
  csv: { kind: 'accounting', format: 'csv', side: null },
  jsonl: { kind: 'accounting', format: 'jsonl', side: null },
  aging: { kind: 'aging', format: 'csv', side: null },
  revenue: { kind: 'revenue', format: 'csv', side: null },
  margin: { kind: 'margin', format: 'csv', side: null },
  cost: { kind: 'focus', format: 'csv', side: 'sell' },
} as const satisfies Readonly<Record<Schedulable, ScheduledWish>>

/** The name of what a schedule of a seller makes. */
export function schedulableOf(wish: ScheduledWish): Schedulable {
  if (wish.kind === 'focus') return wish.side === 'buy' ? 'focus-buy' : 'focus-sell'
  return wish.kind === 'accounting' ? wish.format : wish.kind
}
