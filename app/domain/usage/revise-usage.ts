import type { Decimal } from '../money/decimal.ts'

/**
 * What a report means for a fact that may be known: `new`; `same`, to be dropped; `raised`, the larger quantity takes
 * the place of the known one; `kept`, the known one is larger and stays. The last two are conflicts and are flagged.
 */
export type Revision = 'new' | 'same' | 'raised' | 'kept'

/** Compares a reported quantity with the one known under the same content key: the larger is right. */
export function reviseUsage(known: Decimal | undefined, reported: Decimal): Revision {
  if (known === undefined) return 'new'
  if (reported.eq(known)) return 'same'
  return reported.gt(known) ? 'raised' : 'kept'
}
