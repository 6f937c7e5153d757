import { addDays, type LocalDate } from '../time/local-date.ts'

export type HoldSource = 'dunning' | 'credit' | 'budget' | 'dispute' | 'staff' | 'closing' | 'screening'

/** What a hold does, the mildest first. */
export const holdEffects = ['block-orders', 'suspend-services', 'terminate'] as const
export type HoldEffect = (typeof holdEffects)[number]

/** The strongest of several effects, which is what they do together; null when there are none. */
export function unionOf(effects: readonly HoldEffect[]): HoldEffect | null {
  return holdEffects.findLast((effect) => effects.includes(effect)) ?? null
}

/** Whether an effect stops services. */
export function stopsServices(effect: HoldEffect | null): boolean {
  return effect === 'suspend-services' || effect === 'terminate'
}

/** A standing hold, as far as services are concerned; `placedOn` is the seller's day. */
export type StandingHold = { readonly effect: HoldEffect; readonly placedOn: LocalDate }

/**
 * The seller's day from which services of an account stand still; null while they run. Customers of a reseller go on for the `graceDays`
 * of its terms, and for good when its terms name none: only its own orders are blocked then. Null for `graceDays` is an account that
 * resells nothing.
 */
export function servicesStopFrom(holds: readonly StandingHold[], graceDays: number | null): LocalDate | null {
  const days = holds.filter(({ effect }) => stopsServices(effect)).map(({ placedOn }) => placedOn)
  const first = days.toSorted().at(0)
  if (first === undefined || graceDays === 0) return null
  return addDays(first, graceDays ?? 0)
}
